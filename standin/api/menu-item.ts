import { acceptOptions } from '../core/accept-options.ts';
import { throwingPrototype } from '../core/not-implemented.ts';
import { BrowserWindow } from './browser-window.ts';
import { Menu } from './menu.ts';
import { roleLabels, runRole } from './menu-roles.ts';
import type { NativeImage } from './native-image.ts';

type ItemType = 'normal' | 'separator' | 'submenu' | 'checkbox' | 'radio' | 'header' | 'palette';
export type ClickHandler = (item: MenuItem, window: BrowserWindow | undefined, event: object) => void;

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
