import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { applicationMenu, type MenuSurroundings } from './application-menu.ts';

const packaged: MenuSurroundings = { platform: 'linux', isPackaged: true, canUpdate: false };

function items(surroundings: MenuSurroundings, ran: string[] = []): MenuItemConstructorOptions[] {
  const menu = applicationMenu(surroundings, (command) => ran.push(command));
  return menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
}
const ids = (surroundings: MenuSurroundings): string[] => items(surroundings).flatMap(({ id }) => id ?? []);

describe('the application menu', () => {
  it('runs the command that an item is named for', () => {
    const ran: string[] = [];
    for (const item of items(packaged, ran)) if (item.click) Reflect.apply(item.click, item, []);
    expect(ran).toEqual(ids(packaged));
  });

  it('quits by Cmd or Ctrl+Q on every platform, in the place where users look for it', () => {
    for (const platform of ['linux', 'win32', 'darwin']) {
      const [first] = applicationMenu({ ...packaged, platform }, () => undefined);
      const last = Array.isArray(first?.submenu) ? first.submenu.at(-1) : undefined;
      expect(last).toMatchObject({ id: 'quit', accelerator: 'CmdOrCtrl+Q' });
    }
  });

  it('gives no shortcut twice', () => {
    for (const platform of ['linux', 'darwin']) {
      const keys = items({ platform, isPackaged: false, canUpdate: true }).flatMap(
        ({ accelerator }) => accelerator ?? [],
      );
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('A58: a packaged build has neither reload nor developer tools', () => {
    expect(ids(packaged)).not.toContain('developer-tools');
    expect(ids(packaged)).not.toContain('reload');
    expect(ids({ ...packaged, isPackaged: false })).toContain('developer-tools');
  });

  it('S14: offers updates only where there is a place they come from', () => {
    expect(ids(packaged)).not.toContain('check-for-updates');
    expect(ids({ ...packaged, canUpdate: true })).toContain('check-for-updates');
    expect(ids({ ...packaged, canUpdate: true, platform: 'darwin' })).toContain('check-for-updates');
  });
});
