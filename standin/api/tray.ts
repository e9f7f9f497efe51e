import { StrictEmitter } from '../core/strict-emitter.ts';
import { app } from './app.ts';
import type { Menu } from './menu.ts';
import { nativeImage, type NativeImage } from './native-image.ts';

type TrayMembers = Pick<
  Electron.Tray,
  | 'closeContextMenu'
  | 'destroy'
  | 'focus'
  | 'getBounds'
  | 'getTitle'
  | 'isDestroyed'
  | 'setTitle'
  | 'setToolTip'
>;

/** Electron takes a path wherever it takes an image. */
const toImage = (image: NativeImage | string): NativeImage =>
  typeof image === 'string' ? nativeImage.createFromPath(image) : image;

/** A tray icon as state. Live ones are listed in `__standin.trays`. */
export class Tray extends StrictEmitter implements Omit<TrayMembers, 'closeContextMenu' | 'focus'> {
  static override readonly events = ['click', 'double-click', 'right-click', 'middle-click'];
  static readonly live = new Set<Tray>();

  #image: NativeImage;
  #toolTip = '';
  #title = '';
  #menu: Menu | null = null;

  constructor(image: NativeImage | string) {
    super();
    if (!app.isReady()) throw new Error('Cannot create Tray before app is ready');
    this.#image = toImage(image);
    Tray.live.add(this);
  }

  setImage(image: NativeImage | string): void {
    this.#image = toImage(image);
  }

  setToolTip(toolTip: string): void {
    this.#toolTip = toolTip;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  setContextMenu(menu: Menu | null): void {
    this.#menu = menu;
  }

  /** Tells the menu's listeners; nothing opens. */
  popUpContextMenu(menu?: Menu): void {
    (menu ?? this.#menu)?.popup();
  }

  /** Zero, as on desktops that do not tell. */
  getBounds(): Electron.Rectangle {
    return { x: 0, y: 0, width: 0, height: 0 };
  }

  /** Also gone from `__standin.trays`. */
  isDestroyed(): boolean {
    return !Tray.live.has(this);
  }

  destroy(): void {
    Tray.live.delete(this);
  }

  /** For tests, through `__standin.trays`. */
  get state(): { image: NativeImage; toolTip: string; title: string; menu: Menu | null } {
    return { image: this.#image, toolTip: this.#toolTip, title: this.#title, menu: this.#menu };
  }
}
