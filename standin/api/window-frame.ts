import { StrictEmitter } from '../core/strict-emitter.ts';
import type { PageHost } from '../window/page-host.ts';
import type { PageMessage } from '../wire/messages.ts';
import { windowEvents } from './window-events.ts';
import { WindowPlacer, type Placement } from './window-placer.ts';

const defaultSize = { width: 800, height: 600 };

/**
 * Visibility, size and title of a window. This object is the truth that the app reads; Chromium's window
 * follows it, and in a visible session the user's changes come back through `changed`.
 */
export class WindowFrame extends StrictEmitter {
  static override readonly events = windowEvents;

  #placer: WindowPlacer | null = null;
  #bounds: Electron.Rectangle;
  #visible: boolean;
  #focused = false;
  #placement: Placement = 'normal';
  #title: string;
  #alwaysOnTop: boolean;
  #minimumSize: [number, number];

  constructor(options: Electron.BrowserWindowConstructorOptions, defaultTitle: string) {
    super();
    this.#bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? defaultSize.width,
      height: options.height ?? defaultSize.height,
    };
    this.#visible = options.show !== false;
    this.#focused = this.#visible;
    this.#title = options.title ?? defaultTitle;
    this.#alwaysOnTop = options.alwaysOnTop ?? false;
    this.#minimumSize = [options.minWidth ?? 0, options.minHeight ?? 0];
    if (options.fullscreen) this.#placement = 'fullscreen';
  }

  /** Chromium's window follows from now on. */
  protected attach(host: PageHost): void {
    this.#placer = new WindowPlacer(host);
    this.#apply();
  }

  protected changed(message: Extract<PageMessage, { kind: 'full-screen' | 'moved' | 'focus' }>): void {
    switch (message.kind) {
      case 'full-screen':
        this.#place(message.active ? 'fullscreen' : 'normal');
        break;
      case 'focus':
        this.#focus(message.focused);
        break;
      case 'moved': {
        const { x, y, width, height } = message;
        if (this.#placement === 'normal' && this.#visible) this.#moveTo({ x, y, width, height });
        break;
      }
      default:
        message satisfies never;
    }
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  /** Without `focus`; a minimized Chromium window comes back. */
  showInactive(): void {
    if (this.#visible) return;
    this.#visible = true;
    this.#apply();
    this.emit('show');
  }

  /** Chromium cannot hide one window: it is minimized, which the page sees as hidden. */
  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.#focus(false);
    this.#apply();
    this.emit('hide');
  }

  /** The state changes at once; Chromium follows. */
  focus(): void {
    this.#placer?.bringToFront();
    this.#focus(true);
  }

  blur(): void {
    this.#focus(false);
  }

  minimize(): void {
    this.#place('minimized');
  }

  /** Shows a hidden window, as Electron does. */
  maximize(): void {
    this.#visible = true;
    this.#place('maximized');
  }

  unmaximize(): void {
    if (this.#placement === 'maximized') this.#place('normal');
  }

  restore(): void {
    if (this.#placement !== 'normal') this.#place('normal');
  }

  setFullScreen(flag: boolean): void {
    if (flag !== this.isFullScreen()) this.#place(flag ? 'fullscreen' : 'normal');
  }

  /** False for a minimized window too. */
  isVisible(): boolean {
    return this.#visible && this.#placement !== 'minimized';
  }

  isFocused(): boolean {
    return this.#focused;
  }

  isMinimized(): boolean {
    return this.#placement === 'minimized';
  }

  isMaximized(): boolean {
    return this.#placement === 'maximized';
  }

  isFullScreen(): boolean {
    return this.#placement === 'fullscreen';
  }

  isNormal(): boolean {
    return this.#placement === 'normal';
  }

  isAlwaysOnTop(): boolean {
    return this.#alwaysOnTop;
  }

  /** Recorded only: Chromium's window keeps its place in the stack. */
  setAlwaysOnTop(flag: boolean): void {
    this.#alwaysOnTop = flag;
    this.emit('always-on-top-changed', {}, flag);
  }

  getTitle(): string {
    return this.#title;
  }

  /** Not drawn anywhere; `getTitle` and the list of capture sources show it. */
  setTitle(title: string): void {
    this.#title = title;
  }

  getBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }

  /** The bounds to remember; this object never overwrites them when it is maximized or in full screen. */
  getNormalBounds(): Electron.Rectangle {
    return this.getBounds();
  }

  /** Bounds here are those of the page, so both are the same. */
  getContentBounds(): Electron.Rectangle {
    return this.getBounds();
  }

  getSize(): [number, number] {
    return [this.#bounds.width, this.#bounds.height];
  }

  getContentSize(): [number, number] {
    return this.getSize();
  }

  getPosition(): [number, number] {
    return [this.#bounds.x, this.#bounds.y];
  }

  getMinimumSize(): [number, number] {
    return this.#minimumSize;
  }

  setMinimumSize(width: number, height: number): void {
    this.#minimumSize = [width, height];
  }

  /** Missing members keep their value; the minimum size holds. */
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#moveTo({ ...this.#bounds, ...bounds });
    this.#apply();
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  /** Emits what changed: `resize`, `resized`, `move`, `moved`. */
  #moveTo(next: Electron.Rectangle): void {
    const last = this.#bounds;
    const [minWidth, minHeight] = this.#minimumSize;
    next.width = Math.max(next.width, minWidth);
    next.height = Math.max(next.height, minHeight);
    this.#bounds = next;
    if (next.width !== last.width || next.height !== last.height) {
      this.emit('resize');
      this.emit('resized');
    }
    if (next.x !== last.x || next.y !== last.y) {
      this.emit('move');
      this.emit('moved');
    }
  }

  #focus(focused: boolean): void {
    if (focused === this.#focused) return;
    this.#focused = focused;
    this.emit(focused ? 'focus' : 'blur');
  }

  /** Leaving events come before entering ones. */
  #place(next: Placement): void {
    const last = this.#placement;
    if (next === last) return;
    this.#placement = next;
    this.#apply();
    if (last === 'fullscreen') this.emit('leave-full-screen');
    if (last === 'maximized') this.emit('unmaximize');
    if (last === 'minimized') this.emit('restore');
    if (next === 'fullscreen') this.emit('enter-full-screen');
    if (next === 'maximized') this.emit('maximize');
    if (next === 'minimized') this.emit('minimize');
  }

  #apply(): void {
    this.#placer?.place(this.#visible ? this.#placement : 'minimized', this.#bounds);
  }
}
