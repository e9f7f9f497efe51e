import { app } from './app.ts';
import { dialogDesk } from './dialog.ts';
import { nativeTheme } from './native-theme.ts';
import { network } from './net.ts';
import { Notification } from './notification.ts';
import { powerSaveBlockers } from './power-save-blocker.ts';
import { screen } from './screen.ts';
import { shellLog } from './shell.ts';
import { Tray } from './tray.ts';

/**
 * What tests read and set, as `__standin` of the electron module (real Electron has no such member, so it
 * also tells the runtimes apart). Documented in standin/README.md.
 */
export const standinSeam = {
  /** Live trays with `state` (image, toolTip, title, menu). */
  get trays(): Tray[] {
    return [...Tray.live];
  },
  dialogs: dialogDesk,
  shell: shellLog,
  notifications: Notification.shown,
  powerSaveBlockers,
  network,
  displays: screen.displays,
  desktop: app.desktop,
  setSystemTheme: (theme: 'light' | 'dark'): void => nativeTheme.setSystemTheme(theme),
};
