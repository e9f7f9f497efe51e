import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';

/** Smallest window in which nothing overlaps, in device-independent pixels. */
export const minimumSize = { width: 720, height: 520 };

export interface WindowPlace {
  preload: string;
  icon: string;
  bounds: Rectangle;
}

/** How every window of the app is made (S2). The page is a stranger: sandboxed, isolated, without Node. */
export function windowOptions({ preload, icon, bounds }: WindowPlace): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: 'Linkspan',
    icon,
    show: false,
    backgroundColor: '#101418',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      // A hidden window goes on streaming.
      backgroundThrottling: false,
    },
  };
}
