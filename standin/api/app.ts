import { spawn } from 'node:child_process';
import path from 'node:path';
import { acceptOptions } from '../core/accept-options.ts';
import { createEvent } from '../core/event-object.ts';
import { runtime } from '../core/runtime.ts';
import { chromium, hasChromium } from '../window/chromium-holder.ts';
import { liveWindows } from '../window/live-windows.ts';
import { AppDesktop } from './app-desktop.ts';
import { AppPaths } from './app-paths.ts';
import { commandLine } from './command-line.ts';
import { SingleInstanceLock } from './single-instance.ts';

type Lifecycle = 'starting' | 'ready' | 'quitting' | 'exiting';

type AppMembers = Pick<
  Electron.App,
  | 'commandLine'
  | 'disableHardwareAcceleration'
  | 'enableSandbox'
  | 'exit'
  | 'focus'
  | 'getAppPath'
  | 'getLocale'
  | 'getName'
  | 'getPath'
  | 'getPreferredSystemLanguages'
  | 'getSystemLocale'
  | 'getVersion'
  | 'hasSingleInstanceLock'
  | 'isPackaged'
  | 'isReady'
  | 'name'
  | 'quit'
  | 'relaunch'
  | 'releaseSingleInstanceLock'
  | 'requestSingleInstanceLock'
  | 'setAppLogsPath'
  | 'setName'
  | 'setPath'
  | 'userAgentFallback'
  | 'whenReady'
>;

/** Life of the app: ready, windows, quit. Order and vetoes as Electron documents them. */
class App extends AppDesktop implements AppMembers {
  static override readonly events = [
    'activate', // macOS; a test may emit it
    'before-quit',
    'browser-window-blur',
    'browser-window-created',
    'browser-window-focus',
    'certificate-error', // Chromium decides; never emitted
    'child-process-gone',
    'gpu-info-update',
    'open-file', // macOS
    'open-url', // macOS
    'quit',
    'ready',
    'render-process-gone',
    'second-instance',
    'session-created',
    'web-contents-created',
    'will-finish-launching',
    'will-quit',
    'window-all-closed',
  ];

  readonly commandLine = commandLine as Electron.CommandLine;
  readonly #paths = new AppPaths(() => this.#appName());
  readonly #lock = new SingleInstanceLock();
  readonly #ready = Promise.withResolvers<void>();
  #lifecycle: Lifecycle = 'starting';
  #chosenName = '';
  #relaunch: Electron.RelaunchOptions | null = null;

  /** As set, else the manifest's `productName`, else its `name`. */
  get name(): string {
    return this.#appName();
  }

  set name(value: string) {
    this.#chosenName = value;
  }

  get isPackaged(): boolean {
    return runtime().packaged;
  }

  /** Electron's form, with Chromium's real version. */
  get userAgentFallback(): string {
    const { chromeVersion, electronVersion } = runtime();
    const product = `${this.name.replaceAll(' ', '')}/${this.getVersion()}`;
    return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) ${product} Chrome/${chromeVersion} Electron/${electronVersion} Safari/537.36`;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getVersion(): string {
    return runtime().manifest.version ?? runtime().electronVersion;
  }

  getAppPath(): string {
    return runtime().appPath;
  }

  /** @throws {Error} For a name that Electron does not know. */
  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    return this.#paths.get(name);
  }

  /** @throws {Error} For a relative path. Chromium's profile follows `sessionData` if set before `ready`. */
  setPath(name: string, value: string): void {
    this.#paths.set(name, value);
  }

  setAppLogsPath(value?: string): void {
    this.setPath('logs', value ?? path.join(this.getPath('userData'), 'logs'));
  }

  /** Fixed, so that tests do not depend on the machine. */
  getLocale(): string {
    return 'en-US';
  }

  getSystemLocale(): string {
    return 'en-US';
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-US'];
  }

  isReady(): boolean {
    return this.#lifecycle !== 'starting';
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  /** True once the app decided to leave; boot then starts no browser. */
  get leaving(): boolean {
    return this.#lifecycle === 'quitting' || this.#lifecycle === 'exiting';
  }

  /** For boot. Goes through `emit`, then settles the promise: Playwright's loader replaces `emit` and needs that order. */
  announceReady(): void {
    if (this.#lifecycle !== 'starting') return;
    this.#lifecycle = 'ready';
    this.emit('will-finish-launching');
    this.emit('ready', createEvent(), {});
    this.#ready.resolve();
  }

  /** One holder per userData folder, so `setPath` must come first. */
  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    const hello = {
      argv: process.argv,
      workingDirectory: process.cwd(),
      additionalData: additionalData ?? null,
    };
    return this.#lock.request(this.getPath('userData'), hello, (second) =>
      this.emit(
        'second-instance',
        createEvent(),
        second.argv,
        second.workingDirectory,
        second.additionalData,
      ),
    );
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock.held;
  }

  releaseSingleInstanceLock(): void {
    this.#lock.release();
  }

  /** Asynchronous, like Electron's: `before-quit`, each window's `close`, `will-quit`, `quit`; each may veto. */
  quit(): void {
    if (this.leaving) return;
    const before = this.#lifecycle;
    this.#lifecycle = 'quitting';
    setImmediate(() => {
      void this.#quit().then((left) => {
        if (!left) this.#lifecycle = before;
      });
    });
  }

  /** Asks nobody. Ends when Chromium has ended. */
  exit(exitCode = 0): void {
    if (this.#lifecycle === 'exiting') return;
    this.#lifecycle = 'exiting';
    this.emit('quit', createEvent(), exitCode);
    this.#lock.release();
    if (this.#relaunch) startAgain(this.#relaunch);
    const stopped = hasChromium() ? chromium().stop() : Promise.resolve();
    void stopped.finally(() => process.exit(exitCode));
  }

  /** Starts again when the app exits, not before. */
  relaunch(options: Electron.RelaunchOptions = {}): void {
    acceptOptions('app.relaunch', options, ['args', 'execPath']);
    this.#relaunch = options;
  }

  /** For BrowserWindow: the last window is gone. */
  windowClosed(): void {
    if (this.leaving || liveWindows.size > 0) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  /** Brings the first window forward, as Electron does on Linux. */
  focus(): void {
    [...liveWindows.values()].find((window) => window.isVisible())?.focus();
  }

  /** Windows here are always sandboxed. */
  enableSandbox(): void {
    if (this.isReady()) throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  /** Headless Chromium draws in software anyway. */
  disableHardwareAcceleration(): void {
    if (this.isReady())
      throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
    commandLine.appendSwitch('disable-gpu');
  }

  #appName(): string {
    const { manifest } = runtime();
    return this.#chosenName || manifest.productName || manifest.name || 'Electron';
  }

  /** @returns False when a listener or a window vetoed. */
  async #quit(): Promise<boolean> {
    const before = createEvent();
    this.emit('before-quit', before);
    if (before.defaultPrevented) return false;
    for (const window of liveWindows.values()) if (!(await window.closeForQuit())) return false;
    const will = createEvent();
    this.emit('will-quit', will);
    if (will.defaultPrevented) return false;
    this.exit(0);
    return true;
  }
}

/** Detached, because this process is about to end. */
function startAgain({ args, execPath }: Electron.RelaunchOptions): void {
  spawn(execPath ?? runtime().executable, args ?? process.argv.slice(1), {
    detached: true,
    stdio: 'ignore',
  }).unref();
}

export const app = new App();
