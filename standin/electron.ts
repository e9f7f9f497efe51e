import { app } from './api/app.ts';
import { BrowserWindow } from './api/browser-window.ts';
import { clipboard } from './api/clipboard.ts';
import { desktopCapturer } from './api/desktop-capturer.ts';
import { dialog } from './api/dialog.ts';
import { ipcMain } from './api/ipc-main.ts';
import { Menu, MenuItem } from './api/menu.ts';
import { MessageChannelMain } from './api/message-port.ts';
import { nativeImage } from './api/native-image.ts';
import { nativeTheme } from './api/native-theme.ts';
import { net } from './api/net.ts';
import { Notification } from './api/notification.ts';
import { powerMonitor } from './api/power-monitor.ts';
import { powerSaveBlocker } from './api/power-save-blocker.ts';
import { protocol } from './api/protocol.ts';
import { safeStorage } from './api/safe-storage.ts';
import { screen } from './api/screen.ts';
import { session } from './api/session.ts';
import { shell } from './api/shell.ts';
import { standinSeam } from './api/standin-seam.ts';
import { Tray } from './api/tray.ts';
import { utilityProcess } from './api/utility-process.ts';
import { webContents } from './api/web-contents-module.ts';
import { missingModule, strictModule } from './core/not-implemented.ts';

/** Modules of the main process that the stand-in does not have; importing them is harmless, use throws. */
const missingModules = [
  'BaseWindow',
  'BrowserView',
  'ImageView',
  'ShareMenu',
  'TouchBar',
  'View',
  'WebContentsView',
  'autoUpdater',
  'contentTracing',
  'crashReporter',
  'globalShortcut',
  'inAppPurchase',
  'netLog',
  'pushNotifications',
  'systemPreferences',
  'webFrameMain',
] as const;

export const implementedModules = {
  app,
  BrowserWindow,
  clipboard,
  desktopCapturer,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
};

/** The object that `require('electron')` answers in the main process. */
export const electron = strictModule('electron', {
  ...implementedModules,
  ...Object.fromEntries(missingModules.map((name) => [name, missingModule(name)])),
});

Object.defineProperty(electron, '__standin', { value: standinSeam });
