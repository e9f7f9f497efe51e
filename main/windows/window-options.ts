import type { BrowserWindowConstructorOptions, Rectangle, WebPreferences } from 'electron';

/** Smallest window in which nothing overlaps, in device-independent pixels. */
export const minimumSize = { width: 720, height: 520 };

/** Smallest output window: a picture that can still be told, and grasped. */
export const outputMinimumSize = { width: 240, height: 135 };

export interface WindowPlace {
  preload: string;
  icon: string;
  bounds: Rectangle;
}

/** How every page of the app is kept (S2): as a stranger, sandboxed, isolated, without Node. */
const webPreferences = {
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
} as const satisfies WebPreferences;

/** How the app's window is made. */
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
    webPreferences: { preload, ...webPreferences },
  };
}

export interface OutputPlace {
  icon: string;
  bounds: Rectangle;
  /** Above all other windows. */
  onTop: boolean;
}

export const outputTitle = (onTop: boolean): string =>
  onTop ? 'Linkspan output, kept on top' : 'Linkspan output';

/** How the clean output window is made. Its page gets no preload script: there is nothing that it could ask of main. */
export function outputWindowOptions({ icon, bounds, onTop }: OutputPlace): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: outputMinimumSize.width,
    minHeight: outputMinimumSize.height,
    title: outputTitle(onTop),
    icon,
    alwaysOnTop: onTop,
    backgroundColor: '#000000',
    autoHideMenuBar: true,
    webPreferences,
  };
}
