import { runtime } from '../core/runtime.ts';

/** What only concerns this process, not Chromium. */
const ownSwitches = new Set(['inspect', 'inspect-brk', 'require', 'user-data-dir']);

/** Lists that several places append to; Chromium takes only the last one it is given. */
const commaSeparated = new Set(['disable-features', 'enable-features']);

/** No request that the app did not ask for, and nothing that draws over it. */
const quiet = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-search-engine-choice-screen',
  '--metrics-recording-only',
  '--no-pings',
  '--hide-crash-restore-bubble',
  '--password-store=basic',
];

const quietFeatures =
  'MediaRouter,OptimizationHints,Translate,InterestFeedContentSuggestions,CertificateTransparencyComponentUpdater,AutofillServerCommunication,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,NetworkTimeServiceQuerying,PreconnectToSearch,AimEnabled';

/** Adds a switch the way Electron's command line does, merging the lists. */
export function mergeSwitch(switches: Map<string, string>, name: string, value: string): void {
  const present = switches.get(name);
  const merge = commaSeparated.has(name) && present;
  switches.set(name, merge ? `${present},${value}` : value);
}

const fakeDevice = 'use-fake-device-for-media-stream';

/** Whether `getDisplayMedia` can give a picture: a real screen, or Chromium's generated one. */
export const canCaptureDisplay = (): boolean => !runtime().headless || runtime().switches.has(fakeDevice);

/** Electron has no picker of its own, so Chromium's must choose by itself; permissions stay with the app. */
function displayPicker(): string {
  return runtime().switches.has(fakeDevice)
    ? '--use-fake-ui-for-media-stream'
    : '--auto-select-desktop-capture-source=Entire screen';
}

/** Chromium's command line: the stand-in's needs, then the app's own switches. */
export function chromiumArguments(profile: string, userAgent: string): string[] {
  const { switches, headless, filePrivileges } = runtime();
  const passed = new Map([...switches].filter(([name]) => !ownSwitches.has(name)));
  mergeSwitch(passed, 'disable-features', quietFeatures);
  if (process.getuid?.() === 0) passed.set('no-sandbox', '');
  return [
    '--no-startup-window',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    ...quiet,
    // Electron's default, unlike Chromium's.
    '--autoplay-policy=no-user-gesture-required',
    // The app's handler decides which windows may open, gesture or not, as in Electron.
    '--disable-popup-blocking',
    // A reserved host that nothing handles must not become a DNS question.
    '--host-resolver-rules=MAP *.standin ~NOTFOUND',
    `--user-agent=${userAgent}`,
    displayPicker(),
    ...(filePrivileges ? ['--allow-file-access-from-files'] : []),
    ...(headless ? ['--headless=new', '--mute-audio', '--screen-info={1280x800}'] : []),
    ...[...passed].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`)),
  ];
}
