import { Menu, Tray, nativeImage, nativeTheme, type MenuItemConstructorOptions } from 'electron';
import path from 'node:path';
import { iconFile } from './icon-file.ts';
import type { TrayPort } from './tray-controller.ts';
import type { TrayAction, TrayIcon, TrayLine, TrayModel } from './tray-model.ts';

/**
 * The system's tray icon and menu.
 *
 * @param folder Where the icons lie.
 */
export function createNativeTray(folder: string, run: (action: TrayAction) => void): TrayPort {
  const image = (icon: TrayIcon): Electron.NativeImage =>
    nativeImage.createFromPath(
      path.join(folder, iconFile(icon, process.platform, nativeTheme.shouldUseDarkColors)),
    );
  let icon: TrayIcon = 'idle';
  const tray = new Tray(image(icon));
  // On Linux and Windows a click shows the window; macOS opens the menu by itself.
  if (process.platform !== 'darwin') tray.on('click', () => run('show'));
  nativeTheme.on('updated', () => tray.setImage(image(icon)));
  return {
    show(model: TrayModel) {
      icon = model.icon;
      tray.setImage(image(icon));
      tray.setToolTip(model.tooltip);
      tray.setContextMenu(Menu.buildFromTemplate(model.lines.map((line) => menuItem(line, run))));
    },
  };
}

function menuItem(line: TrayLine, run: (action: TrayAction) => void): MenuItemConstructorOptions {
  switch (line.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'text':
      return { id: `tray-${line.id}`, label: line.label, enabled: false };
    case 'action':
      return {
        id: `tray-${line.action}`,
        label: line.label,
        enabled: line.enabled,
        click: () => run(line.action),
      };
    default:
      return line satisfies never;
  }
}
