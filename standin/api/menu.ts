import { acceptOptions } from '../core/accept-options.ts';
import { StrictEmitter } from '../core/strict-emitter.ts';
import { MenuItem, type MenuItemOptions } from './menu-item.ts';

/** A menu as data. Nothing is drawn; tests read `items` and call `click()`. */
export class Menu extends StrictEmitter {
  static override readonly events = ['menu-will-show', 'menu-will-close'];
  static #applicationMenu: Menu | null = null;

  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: (MenuItemOptions | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const entry of template) menu.append(entry instanceof MenuItem ? entry : new MenuItem(entry));
    return menu;
  }

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
