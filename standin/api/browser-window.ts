import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { acceptOptions } from '../core/accept-options.ts';
import { createEvent, type ElectronEvent } from '../core/event-object.ts';
import { debugLog, messageOf } from '../core/log.ts';
import { runtime } from '../core/runtime.ts';
import { chromium, hasChromium } from '../window/chromium-holder.ts';
import { liveWindows } from '../window/live-windows.ts';
import type { PageMessage } from '../wire/messages.ts';
import { app } from './app.ts';
import type { NativeImage } from './native-image.ts';
import { WebContents } from './web-contents.ts';
import { WindowFrame } from './window-frame.ts';
import type { OpenedPage } from './window-open.ts';
import { checkWindowOptions } from './window-options.ts';

type WindowMembers = Pick<
  Electron.BrowserWindow,
  'close' | 'destroy' | 'id' | 'isDestroyed' | 'loadFile' | 'loadURL' | 'reload'
>;

let lastId = 0;

/** A window of the app: the window state of WindowFrame around one page. */
export class BrowserWindow extends WindowFrame implements WindowMembers {
  readonly id = (lastId += 1);
  readonly #contents: WebContents;
  #destroyed = false;
  #painted = false;

  static getAllWindows(): BrowserWindow[] {
    return [...liveWindows.values()];
  }

  static fromId(id: number): BrowserWindow | null {
    return liveWindows.get(id) ?? null;
  }

  /** Playwright finds windows by it. */
  static fromWebContents(contents: WebContents | null | undefined): BrowserWindow | null {
    return contents?.owner ?? null;
  }

  /** By the state that the app sees, not by the desktop's. */
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.isFocused()) ?? null;
  }

  /** @param opened For child-window.ts: the page that another page opened, to be shown in this window. */
  constructor(options: Electron.BrowserWindowConstructorOptions = {}, opened: OpenedPage | null = null) {
    if (!hasChromium()) throw new Error('Cannot create BrowserWindow before app is ready');
    checkWindowOptions(options);
    super(options, app.name);
    this.#contents = new WebContents(this, options.webPreferences ?? {}, this.getBounds(), opened);
    liveWindows.set(this.id, this);
    this.attach(this.#contents.host);
    app.emit('browser-window-created', createEvent(), this);
  }

  get webContents(): WebContents {
    return this.#contents;
  }

  /** Rejects like Electron: `ERR_NAME (-n) loading 'url'`. */
  loadURL(url: string, options?: Electron.LoadURLOptions): Promise<void> {
    acceptOptions('loadURL', options, []);
    return this.#contents.loadURL(url);
  }

  /** Relative to the app's folder. */
  loadFile(file: string, options: Electron.LoadFileOptions = {}): Promise<void> {
    acceptOptions('loadFile', options, ['query', 'search', 'hash']);
    const url = pathToFileURL(path.resolve(runtime().appPath, file));
    if (options.query) url.search = new URLSearchParams(options.query).toString();
    if (options.search) url.search = options.search;
    if (options.hash) url.hash = options.hash;
    return this.loadURL(url.href);
  }

  reload(): void {
    this.#contents.reload();
  }

  capturePage(area?: Electron.Rectangle): Promise<NativeImage> {
    return this.#contents.capturePage(area);
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** Emits `close`, which may veto. */
  close(): void {
    void this.closeForQuit();
  }

  /** @returns False when a `close` listener vetoed. */
  closeForQuit(): Promise<boolean> {
    if (this.#destroyed) return Promise.resolve(true);
    const event = createEvent();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
    return Promise.resolve(!event.defaultPrevented);
  }

  /** State first, Chromium second: a test may hear of the closed page before this process does. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    const { host, mainFrame } = this.#contents;
    const children = BrowserWindow.getAllWindows().filter(
      ({ webContents }) => webContents.opener === mainFrame,
    );
    liveWindows.delete(this.id);
    this.#contents.destroy();
    host.ready
      .then(() => chromium().root.send('Target.closeTarget', { targetId: host.targetId }))
      .catch((error: unknown) => debugLog('closing a window:', messageOf(error)));
    this.emit('closed');
    for (const child of children) child.destroy();
    app.windowClosed();
  }

  /** For WebContents. */
  firstPaint(): void {
    if (this.#painted) return;
    this.#painted = true;
    this.emit('ready-to-show');
  }

  /** For WebContents: the window takes the page's title unless a listener forbids it. */
  titleUpdated(event: ElectronEvent, title: string): void {
    this.emit('page-title-updated', event, title, true);
    if (!event.defaultPrevented) this.setTitle(title);
  }

  /** For WebContents: what page or user did to the window. */
  changedByPage(message: Extract<PageMessage, { kind: 'full-screen' | 'moved' | 'focus' }>): void {
    if (message.kind === 'full-screen')
      this.#contents.emit(message.active ? 'enter-html-full-screen' : 'leave-html-full-screen');
    if (message.kind === 'focus')
      app.emit(message.focused ? 'browser-window-focus' : 'browser-window-blur', createEvent(), this);
    this.changed(message);
  }
}
