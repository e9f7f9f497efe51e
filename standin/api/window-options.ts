import path from 'node:path';
import { acceptOptions } from '../core/accept-options.ts';

/** Acted on. */
const effective = [
  'width',
  'height',
  'x',
  'y',
  'show',
  'title',
  'webPreferences',
  'fullscreen',
  'alwaysOnTop',
  'minWidth',
  'minHeight',
  'useContentSize',
  'center',
];

/** Native drawing that has no counterpart in Chromium's own window: accepted, without effect (README). */
const nativeOnly = [
  'autoHideMenuBar',
  'backgroundColor',
  'icon',
  'titleBarStyle',
  'titleBarOverlay',
  'trafficLightPosition',
  'darkTheme',
  'acceptFirstMouse',
  'paintWhenInitiallyHidden',
  'resizable',
  'maximizable',
  'fullscreenable',
];

/** What the stand-in always does, so that only this value is accepted. */
const fixedPreferences: Record<string, unknown> = {
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
};

/** The rest either acts (`preload`, `additionalArguments`) or only tunes Chromium. */
const preferences = [
  'preload',
  'additionalArguments',
  'spellcheck',
  'backgroundThrottling',
  'devTools',
  'disableDialogs',
  'safeDialogs',
  ...Object.keys(fixedPreferences),
];

export const windowOptions: readonly string[] = [...effective, ...nativeOnly];
export const webPreferences: readonly string[] = preferences;

/** @throws {Error} For options and preferences that the stand-in does not honour. */
export function checkWindowOptions(options: Electron.BrowserWindowConstructorOptions): void {
  acceptOptions('BrowserWindow', options, windowOptions);
  const chosen = options.webPreferences ?? {};
  acceptOptions('BrowserWindow webPreferences', chosen, webPreferences);
  for (const [name, value] of Object.entries(chosen))
    if (name in fixedPreferences && value !== undefined && value !== fixedPreferences[name])
      throw new Error(
        `stand-in: webPreferences.${name}=${String(value)} is refused; only sandboxed, isolated windows exist here`,
      );
  if (chosen.preload !== undefined && !path.isAbsolute(chosen.preload))
    throw new Error(`preload script must have absolute path: ${chosen.preload}`);
}
