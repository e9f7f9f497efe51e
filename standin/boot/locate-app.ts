import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AppManifest } from '../core/runtime.ts';
import { unpackAsar } from './asar-archive.ts';

export interface LocatedApp {
  /** `app.getAppPath()`. */
  appPath: string;
  /** The main script. */
  entry: string;
  manifest: AppManifest;
}

/** The app that lies in the distribution itself, null for a development start. */
export function packagedApp(resources: string, onlyAsar: boolean): string | null {
  const names = onlyAsar ? ['app.asar'] : ['app.asar', 'app'];
  return names.map((name) => path.join(resources, name)).find((file) => existsSync(file)) ?? null;
}

function readManifest(folder: string): AppManifest | null {
  const file = path.join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as AppManifest) : null;
}

function nearestManifest(folder: string): AppManifest {
  const found = readManifest(folder);
  const parent = path.dirname(folder);
  if (found || parent === folder) return found ?? {};
  return nearestManifest(parent);
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param given What the command line or the distribution names: a folder, a script or an asar.
 * @param unpackFolders Where an asar may be unpacked; the first writable one is taken, else the temporary folder.
 * @throws {Error} When there is no such app or its main script is missing.
 */
export function locateApp(given: string, unpackFolders: readonly string[]): LocatedApp {
  let appPath = path.resolve(given);
  if (!existsSync(appPath)) throw new Error(`Unable to find Electron app at ${appPath}`);
  if (appPath.endsWith('.asar') && statSync(appPath).isFile())
    appPath = unpackAsar(appPath, unpackFolders.find(isWritable) ?? tmpdir());
  if (!statSync(appPath).isDirectory())
    return {
      appPath: path.dirname(appPath),
      entry: appPath,
      manifest: nearestManifest(path.dirname(appPath)),
    };
  const manifest = readManifest(appPath) ?? {};
  const entry = createRequire(`${appPath}/`).resolve(path.join(appPath, manifest.main ?? 'index.js'));
  return { appPath, entry, manifest };
}
