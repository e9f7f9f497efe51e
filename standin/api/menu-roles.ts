import { NotImplementedError } from '../core/not-implemented.ts';
import { app } from './app.ts';
import type { BrowserWindow } from './browser-window.ts';

/** Labels that Electron gives to items with a role and no label (Linux). */
export const roleLabels: Record<string, string> = {
  about: 'About',
  close: 'Close Window',
  copy: 'Copy',
  cut: 'Cut',
  delete: 'Delete',
  editmenu: 'Edit',
  filemenu: 'File',
  forcereload: 'Force Reload',
  help: 'Help',
  minimize: 'Minimize',
  paste: 'Paste',
  quit: 'Quit',
  redo: 'Redo',
  reload: 'Reload',
  resetzoom: 'Actual Size',
  selectall: 'Select All',
  toggledevtools: 'Toggle Developer Tools',
  togglefullscreen: 'Toggle Full Screen',
  undo: 'Undo',
  viewmenu: 'View',
  windowmenu: 'Window',
  zoomin: 'Zoom In',
  zoomout: 'Zoom Out',
};

/** Roles that act on the page's selection, by `document.execCommand`. */
const editCommands: Record<string, string> = {
  copy: 'copy',
  cut: 'cut',
  delete: 'delete',
  paste: 'paste',
  redo: 'redo',
  selectall: 'selectAll',
  undo: 'undo',
};

/** Roles that act on a window. */
const windowRoles: Record<string, (window: BrowserWindow) => void> = {
  close: (window) => window.close(),
  forcereload: (window) => window.webContents.reloadIgnoringCache(),
  minimize: (window) => window.minimize(),
  reload: (window) => window.reload(),
  resetzoom: (window) => window.webContents.setZoomFactor(1),
  togglefullscreen: (window) => window.setFullScreen(!window.isFullScreen()),
};

/** Does what a role's item does; without a window, roles that need one do nothing, as in Electron. */
export function runRole(role: string, window: BrowserWindow | null): void {
  if (role === 'quit') return app.quit();
  if (role === 'about') return app.showAboutPanel();
  const command = editCommands[role];
  const action = windowRoles[role];
  if (command)
    void window?.webContents.executeJavaScript(`void document.execCommand(${JSON.stringify(command)})`, true);
  else if (!action) throw new NotImplementedError(`clicking a menu item of role '${role}'`);
  else if (window) action(window);
}
