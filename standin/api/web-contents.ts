import { createEvent } from '../core/event-object.ts';
import { StrictEmitter } from '../core/strict-emitter.ts';
import { liveContents } from '../window/live-windows.ts';
import { PageHost } from '../window/page-host.ts';
import type { PageMessage } from '../wire/messages.ts';
import { app } from './app.ts';
import type { BrowserWindow } from './browser-window.ts';
import { IpcMain } from './ipc-main.ts';
import type { MessagePortMain } from './message-port.ts';
import { describeConsole } from './console-message.ts';
import type { NativeImage } from './native-image.ts';
import { Navigation } from './navigation.ts';
import { capture, evaluate } from './page-actions.ts';
import { PageChannel } from './page-channel.ts';
import { defaultSession, type Session } from './session.ts';
import { webContentsEvents } from './web-contents-events.ts';
import type { WebContentsMembers } from './web-contents-members.ts';
import { WebFrameMain } from './web-frame-main.ts';
import { denyLate, type OpenedPage } from './window-open.ts';

type WindowOpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse;

let lastId = 0;

/** The page of a window: loading, IPC, crash and console. */
export class WebContents extends StrictEmitter implements WebContentsMembers {
  static override readonly events = webContentsEvents;

  readonly id = (lastId += 1);
  readonly ipc = new IpcMain();
  readonly mainFrame = new WebFrameMain(this);
  readonly #owner: BrowserWindow;
  readonly #opener: WebContents | null;
  readonly #host: PageHost;
  readonly #channel: PageChannel;
  readonly #navigation: Navigation;
  #url = '';
  #title = '';
  #loading = false;
  #crashed = false;
  #destroyed = false;
  #zoomFactor = 1;
  #openHandler: WindowOpenHandler | null = null;

  constructor(
    owner: BrowserWindow,
    preferences: Electron.WebPreferences,
    size: { width: number; height: number },
    opened: OpenedPage | null,
  ) {
    super();
    this.#owner = owner;
    this.#opener = opened?.opener ?? null;
    const scripts = defaultSession.getPreloadScripts().map(({ filePath }) => filePath);
    this.#host = new PageHost({
      webContentsId: this.id,
      preloads: preferences.preload ? [...scripts, preferences.preload] : scripts,
      additionalArguments: preferences.additionalArguments ?? [],
      ...size,
      target: opened,
    });
    this.#channel = new PageChannel(this, this.#host);
    this.#navigation = new Navigation(this, this.#host);
    this.#listen();
    liveContents.set(this.id, this);
    app.emit('web-contents-created', createEvent(), this);
  }

  get session(): Session {
    return defaultSession;
  }

  /** For the window layer. */
  get host(): PageHost {
    return this.#host;
  }

  get targetId(): string {
    return this.#host.targetId;
  }

  get owner(): BrowserWindow {
    return this.#owner;
  }

  /** The frame that opened this page by `window.open` or a link; null when the app did, or the frame is gone. */
  get opener(): WebFrameMain | null {
    return this.#opener === null || this.#opener.isDestroyed() ? null : this.#opener.mainFrame;
  }

  get openHandler(): WindowOpenHandler | null {
    return this.#openHandler;
  }

  loadURL(url: string): Promise<void> {
    return this.#navigation.load(url);
  }

  reload(): void {
    void this.#navigation.reload(false);
  }

  reloadIgnoringCache(): void {
    void this.#navigation.reload(true);
  }

  send(channel: string, ...args: unknown[]): void {
    this.#assertAlive();
    this.#channel.send(channel, args);
  }

  postMessage(channel: string, message: unknown, transfer: MessagePortMain[] = []): void {
    this.#assertAlive();
    this.#channel.send(channel, [message], transfer);
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler;
  }

  executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return evaluate(this.#host, code, userGesture);
  }

  capturePage(area?: Electron.Rectangle): Promise<NativeImage> {
    return capture(this.#host, area);
  }

  forcefullyCrashRenderer(): void {
    // Never answered: the process that would answer is the one that dies.
    void this.#host.session().then((session) => session.send('Page.crash').catch(() => this.#crashed));
  }

  close(): void {
    this.#owner.close();
  }

  focus(): void {
    this.#owner.focus();
  }

  isFocused(): boolean {
    return this.#owner.isFocused();
  }

  getURL(): string {
    return this.#url;
  }

  getTitle(): string {
    return this.#title;
  }

  getType(): 'window' {
    return 'window';
  }

  getUserAgent(): string {
    return app.userAgentFallback;
  }

  /** Chromium's own numbers are not known here; one renderer per window. */
  getProcessId(): number {
    return this.id;
  }

  getZoomFactor(): number {
    return this.#zoomFactor;
  }

  setZoomFactor(factor: number): void {
    this.#zoomFactor = factor;
    const zoom = this.#host
      .session()
      .then((session) => session.send('Emulation.setPageScaleFactor', { pageScaleFactor: factor }));
    void zoom;
  }

  isLoading(): boolean {
    return this.#loading;
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  /** @throws {Error} Always: Chromium offers no way to open them from outside. */
  toggleDevTools(): void {
    throw new Error(
      'stand-in: DevTools cannot be opened; start with --remote-debugging-port=9222 and attach',
    );
  }

  /** For Chromium's listener: the renderer is gone. */
  crashed(errorCode: number): void {
    this.#crashed = true;
    this.#channel.documentGone();
    const details = { reason: 'crashed', exitCode: errorCode };
    this.emit('render-process-gone', createEvent(), details);
    app.emit('render-process-gone', createEvent(), this, details);
  }

  /** For BrowserWindow: the page's target is closed. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#channel.documentGone();
    liveContents.delete(this.id);
    this.emit('destroyed');
  }

  #assertAlive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
  }

  #listen(): void {
    const host = this.#host;
    host.on('message', (message) => this.#receive(message));
    host.on('navigated', (url) => {
      this.#crashed = false;
      this.#url = url;
      this.#channel.documentGone();
      this.emit('did-navigate', createEvent(), url, 200, 'OK');
    });
    host.on('navigated-within', (url) => {
      this.#url = url;
      this.emit('did-navigate-in-page', createEvent(), url, true, 1, 1);
    });
    host.on('loading-started', () => {
      this.#loading = true;
      this.emit('did-start-loading');
    });
    host.on('loading-stopped', () => {
      this.#loading = false;
      this.emit('did-stop-loading');
    });
    host.on('dom-ready', () => this.emit('dom-ready', createEvent()));
    host.on('loaded', () => {
      this.emit('did-finish-load');
      this.#owner.firstPaint();
    });
    host.on('console', (event) => {
      this.emit('console-message', createEvent({ ...describeConsole(event), frame: this.mainFrame }));
    });
  }

  #receive(message: PageMessage): void {
    switch (message.kind) {
      case 'invoke':
        void this.#channel.invoke(message);
        break;
      case 'permission':
        void this.#decide(message);
        break;
      case 'open':
        denyLate(this, message);
        break;
      case 'title':
        this.#retitle(message.title);
        break;
      case 'preload-error': {
        const error = Object.assign(new Error(message.message), { stack: message.stack });
        this.emit('preload-error', createEvent(), '', error);
        break;
      }
      case 'full-screen':
      case 'moved':
      case 'focus':
        this.#owner.changedByPage(message);
        break;
      default:
        this.#channel.receive(message);
    }
  }

  #retitle(title: string): void {
    this.#title = title;
    const event = createEvent();
    this.emit('page-title-updated', event, title, true);
    this.#owner.titleUpdated(event, title);
  }

  async #decide({ id, ask }: Extract<PageMessage, { kind: 'permission' }>): Promise<void> {
    const session = await this.#host.session();
    const { targetInfo } = await session.send('Target.getTargetInfo');
    const answer = await defaultSession.permissions.decide(this, targetInfo.url, ask);
    this.#host.post({ kind: 'permission-answer', id, answer });
  }
}
