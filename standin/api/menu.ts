import { acceptOptions } from '../core/accept-options.ts';
import { throwingPrototype } from '../core/not-implemented.ts';
import { StrictEmitter } from '../core/strict-emitter.ts';
import { BrowserWindow } from './browser-window.ts';
import { roleLabels, runRole } from './menu-roles.ts';
import type { NativeImage } from './native-image.ts';

type ItemType = 'normal' | 'separator' | 'submenu' | 'checkbox' | 'radio' | 'header' | 'palette';
export type ClickHandler = (item: MenuItem, window: BrowserWindow | undefined, event: object) => void;

/** Electron's template, with the stand-in's own classes in it. */
export interface MenuItemOptions {
  id?: string;
  label?: string;
  sublabel?: string;
  toolTip?: string;
  type?: ItemType;
  role?: string;
  accelerator?: string;
  acceleratorWorksWhenHidden?: boolean;
  registerAccelerator?: boolean;
  icon?: NativeImage | string;
  enabled?: boolean;
  visible?: boolean;
  checked?: boolean;
  submenu?: Menu | MenuItemOptions[];
  click?: ClickHandler;
}

export const menuItemOptions: readonly (keyof MenuItemOptions)[] = [
  'id',
  'label',
  'sublabel',
  'toolTip',
  'type',
  'role',
  'accelerator',
  'acceleratorWorksWhenHidden',
  'registerAccelerator',
  'icon',
  'enabled',
  'visible',
  'checked',
  'submenu',
  'click',
];

/** One entry. `click()` does what a user's click does, so tests can press it; accelerators are never pressed. */
export class MenuItem {
  id: string;
  label: string;
  sublabel: string;
  toolTip: string;
  readonly type: ItemType;
  readonly role: string | undefined;
  accelerator: string | null;
  readonly acceleratorWorksWhenHidden: boolean;
  readonly registerAccelerator: boolean;
  readonly icon: NativeImage | string | undefined;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly submenu: Menu | null;
  readonly #onClick: ClickHandler | undefined;
  /** The radio items that one of them unchecks; set by its menu. */
  radioGroup: readonly MenuItem[] = [];

  constructor(options: MenuItemOptions) {
    acceptOptions('MenuItem', options, menuItemOptions);
    const { submenu } = options;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : (submenu ?? null);
    this.type = options.type ?? (this.submenu ? 'submenu' : 'normal');
    if (this.type === 'submenu' && !this.submenu && options.role === undefined)
      throw new Error('Invalid submenu');
    this.role = options.role?.toLowerCase();
    this.id = options.id ?? '';
    this.label = options.label ?? roleLabels[this.role ?? ''] ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.accelerator = options.accelerator ?? null;
    this.acceleratorWorksWhenHidden = options.acceleratorWorksWhenHidden ?? true;
    this.registerAccelerator = options.registerAccelerator ?? true;
    this.icon = options.icon;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.#onClick = options.click;
  }

  /** @throws {NotImplementedError} For a role that the stand-in cannot perform. */
  click(event: object = {}, window: BrowserWindow | null = BrowserWindow.getFocusedWindow()): void {
    if (!this.enabled) return;
    if (this.type === 'checkbox') this.checked = !this.checked;
    if (this.type === 'radio') for (const item of this.radioGroup) item.checked = item === this;
    if (this.role !== undefined) runRole(this.role, window);
    else this.#onClick?.(this, window ?? undefined, event);
  }
}

Object.setPrototypeOf(MenuItem.prototype, throwingPrototype({}));

/** A menu as data. Nothing is drawn; tests read `items` and call `click()`. */
export class Menu extends StrictEmitter {
  static override readonly events = ['menu-will-show', 'menu-will-close'];
  static #applicationMenu: Menu | null = null;

  readonly items: MenuItem[] = [];

  /** Order is as given: `before`, `after` and groups are not implemented and throw. */
  static buildFromTemplate(template: (MenuItemOptions | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const entry of template) menu.append(entry instanceof MenuItem ? entry : new MenuItem(entry));
    return menu;
  }

  /** Drawn nowhere; tests read it back. */
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#applicationMenu = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#applicationMenu;
  }

  append(item: MenuItem): void {
    this.insert(this.items.length, item);
  }

  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item);
    this.#groupRadios();
  }

  /** Searches submenus too. */
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }

  /** Nothing opens: listeners hear of it, and a test clicks the item it wants. */
  popup(options?: Electron.PopupOptions): void {
    acceptOptions('menu.popup', options, ['window', 'x', 'y', 'callback', 'positioningItem', 'frame']);
    this.emit('menu-will-show', {});
    this.emit('menu-will-close', {});
    options?.callback?.();
  }

  /** Neighbouring radio items form a group; the first one is checked when none is. */
  #groupRadios(): void {
    let group: MenuItem[] = [];
    for (const item of this.items) {
      if (item.type !== 'radio') group = [];
      else group.push(item);
      item.radioGroup = group;
    }
    for (const item of this.items) {
      const first = item.radioGroup[0];
      if (first && !item.radioGroup.some((radio) => radio.checked)) first.checked = true;
    }
  }
}
