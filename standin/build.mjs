import { build } from 'esbuild';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Builds the stand-in's distribution, a folder of the same shape as Electron's: `electron` (a launcher
 * with the fuse wire at its end), `version`, `locales/`, `resources/standin/`. Runs on Node 20 or newer, and
 * never removes what a running app may be using.
 *
 *   node standin/build.mjs [--out DIR]
 */
const here = import.meta.dirname;
const { values } = parseArgs({ options: { out: { type: 'string' } } });
const dist = path.resolve(values.out ?? path.join(here, '../out/standin'));
const scripts = path.join(dist, 'resources/standin');
const require = createRequire(import.meta.url);
const electronVersion = require('electron/package.json').version;

/** States of a fresh Electron's fuses, in the order of boot/fuses.ts. */
const fuseStates = '101100011';
const wire = `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01${String.fromCharCode(fuseStates.length)}${fuseStates}`;

const modules = {
  implemented: [
    'app',
    'BrowserWindow',
    'clipboard',
    'desktopCapturer',
    'dialog',
    'ipcMain',
    'Menu',
    'MenuItem',
    'MessageChannelMain',
    'nativeImage',
    'nativeTheme',
    'net',
    'Notification',
    'powerMonitor',
    'powerSaveBlocker',
    'protocol',
    'safeStorage',
    'screen',
    'session',
    'shell',
    'Tray',
    'utilityProcess',
    'webContents',
  ],
  missing: [
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
  ],
};

/** The literal object is what lets Node's loader find the names for `import { app } from 'electron'`. */
function electronModule() {
  const names = [...modules.implemented, ...modules.missing].join(', ');
  return `'use strict';
const { ${names}, __standin } = globalThis[Symbol.for('standin.electron')];
module.exports = { ${names} };
Object.defineProperty(module.exports, '__standin', { value: __standin });
Object.setPrototypeOf(module.exports, Object.getPrototypeOf(globalThis[Symbol.for('standin.electron')]));
`;
}

/** First in the bundle, before anything that an older Node does not know. */
const nodeCheck = `if (!require('node:module').registerHooks) {
  process.stderr.write('stand-in: Node ' + process.version + ' is too old; set STANDIN_NODE to a Node 24 binary\\n');
  process.exit(1);
}`;

/** The project's own Node 24, wherever npm put it; '' leaves the choice to the launcher. */
function projectNode() {
  try {
    const file = path.join(path.dirname(require.resolve('node/package.json')), 'bin/node');
    return existsSync(file) ? file : '';
  } catch {
    return '';
  }
}

const entry = (file) => path.join(here, file);

mkdirSync(scripts, { recursive: true });
await Promise.all([
  build({
    entryPoints: { boot: entry('boot/boot.ts'), utility: entry('boot/utility.ts') },
    outdir: scripts,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    banner: { js: nodeCheck },
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    define: {
      ELECTRON_VERSION: JSON.stringify(electronVersion),
      STANDIN_VERSION: JSON.stringify(require('../package.json').version),
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
    },
  }),
  build({
    entryPoints: {
      'main-world': entry('page/main-world.browser.ts'),
      'isolated-world': entry('page/isolated-world.browser.ts'),
    },
    outdir: scripts,
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'chrome140',
  }),
]);
writeFileSync(path.join(scripts, 'electron.cjs'), electronModule());
writeFileSync(path.join(scripts, 'node-path'), projectNode());
writeFileSync(path.join(dist, 'version'), electronVersion);
// Electron's texts by language, of which electron-builder keeps those of `electronLanguages`. Chromium's are used here.
mkdirSync(path.join(dist, 'locales'), { recursive: true });
writeFileSync(path.join(dist, 'locales/en-US.pak'), '');
const launcher = path.join(dist, 'electron');
writeFileSync(launcher, `${readFileSync(entry('launcher.sh'), 'utf8')}# ${wire}\n`, 'latin1');
chmodSync(launcher, 0o755);
