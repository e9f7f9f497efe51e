import inspector from 'node:inspector';
import { createRequire, registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromiumVersion } from '../chromium/chromium-version.ts';
import { findChromium } from '../chromium/find-chromium.ts';
import { installRuntime, runtime } from '../core/runtime.ts';
import { electron } from '../electron.ts';
import { app } from '../api/app.ts';
import { startChromium } from '../window/start-chromium.ts';
import { parseCommandLine, type CommandLine } from './command-line.ts';
import { readFuses, type Fuses } from './fuses.ts';
import { locateApp, packagedApp, type LocatedApp } from './locate-app.ts';

/**
 * Start of the stand-in, run by the launcher with Node: read the command line as Electron does, find the
 * app, answer `electron` imports, run the app's main script, start Chromium, tell `ready`.
 */
declare const ELECTRON_VERSION: string;
/** The project's: the stand-in has none of its own. */
declare const STANDIN_VERSION: string;

const electronSpecifier = /^electron(?:\/(?:main|common))?$/;

/** Everything before the app's own code, synchronously: errors end the process with one line. */
function main(scriptsDirectory: string): void {
  const launcher = process.env.STANDIN_LAUNCHER ?? path.resolve(scriptsDirectory, '../../electron');
  delete process.env.STANDIN_LAUNCHER;
  const args = process.argv.slice(2);
  const fuses = readFuses(launcher);
  const resources = path.join(path.dirname(launcher), 'resources');
  const packaged = packagedApp(resources, fuses.onlyLoadAppFromAsar);
  const commandLine = parseCommandLine(args, packaged !== null);
  if (commandLine.switches.has('version')) {
    process.stdout.write(`v${ELECTRON_VERSION}\n`);
    return;
  }
  const given = packaged ?? commandLine.app;
  if (given === null) throw new Error('stand-in: no app given; pass its folder or main script');
  const located = locateApp(given, [scriptsDirectory]);
  prepareRuntime(scriptsDirectory, launcher, located, packaged !== null, commandLine, fuses);
  shapeProcess(launcher, resources, args, packaged !== null);
  answerElectronImports(scriptsDirectory);
  openInspector(commandLine, fuses);
  void run(located, commandLine.requires).catch(failToLoad);
}

/** Collects the facts that the API files read. */
function prepareRuntime(
  scriptsDirectory: string,
  executable: string,
  { appPath, manifest }: LocatedApp,
  packaged: boolean,
  { switches }: CommandLine,
  fuses: Fuses,
): void {
  const chromiumExecutable = findChromium();
  installRuntime({
    electronVersion: ELECTRON_VERSION,
    chromeVersion: chromiumVersion(chromiumExecutable, scriptsDirectory),
    executable,
    nodeExecutable: process.execPath,
    scriptsDirectory,
    appPath,
    packaged,
    manifest,
    switches,
    headless: process.env.STANDIN_HEADLESS === '1' || !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY),
    filePrivileges: fuses.filePrivileges,
    chromiumExecutable,
  });
}

/** `process` as an Electron app knows it. */
function shapeProcess(launcher: string, resources: string, args: string[], packaged: boolean): void {
  const { chromeVersion, electronVersion } = runtime();
  const versions = Object.freeze({
    ...process.versions,
    electron: electronVersion,
    chrome: chromeVersion,
    standin: STANDIN_VERSION, // real Electron has no such key
  });
  Object.defineProperty(process, 'versions', { value: versions, enumerable: true });
  Object.defineProperty(process, 'type', { value: 'browser', enumerable: true });
  Object.defineProperty(process, 'resourcesPath', { value: resources, enumerable: true });
  if (!packaged) Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  process.execPath = launcher;
  process.argv = [launcher, ...args];
}

/** The app's `electron` imports, by require or import, wherever its files lie. */
function answerElectronImports(scriptsDirectory: string): void {
  Object.assign(globalThis, { [Symbol.for('standin.electron')]: electron });
  const url = pathToFileURL(path.join(scriptsDirectory, 'electron.cjs')).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      electronSpecifier.test(specifier)
        ? { url, format: 'commonjs', shortCircuit: true }
        : next(specifier, context),
  });
}

/** `--inspect=[host:]port`, unless the fuse forbids it, as in a released package. */
function openInspector({ switches }: CommandLine, { nodeCliInspect }: Fuses): void {
  const value = switches.get('inspect-brk') ?? switches.get('inspect');
  if (value === undefined || !nodeCliInspect) return;
  const [port = '', host = '127.0.0.1'] = value.split(':').toReversed();
  inspector.open(port === '' ? 9229 : Number(port), host, switches.has('inspect-brk'));
}

/** The app's module first, then Chromium: switches and paths may still change while it runs. */
async function run(located: LocatedApp, requires: readonly string[]): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  const require = createRequire(import.meta.filename);
  for (const file of requires) require(path.resolve(file));
  // `ready` only comes after the app's module has run, as in Electron.
  await import(pathToFileURL(located.entry).href);
  if (app.leaving) return;
  await startChromium();
  if (!app.leaving) app.announceReady();
}

/** Electron's words. */
function failToLoad(error: unknown): never {
  process.stderr.write(
    `App threw an error during load\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
}

try {
  main(import.meta.dirname);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
