import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from './project.mjs';
import { stamp } from './stamp.mjs';

const folder = path.join(root, 'node_modules', 'electron');
/** A place that cannot be reached answers this late or never; a reachable one within a second. */
const probeTimeoutMs = 4_000;
/** About 120 MB: minutes on a slow line, and an end to waiting on a dead one. */
const downloadTimeoutMs = 300_000;
/** How long "out of reach" is believed before it is asked again. */
const believeMs = 24 * 3_600_000;
const unreachable = stamp('node_modules/.linkspan-electron-unreachable');
const unreachableFile = path.join(root, 'node_modules/.linkspan-electron-unreachable');

function installed() {
  const pathFile = path.join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const executable = path.join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(executable) ? executable : null;
}

const version = () => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;

async function reachable() {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  const base = mirror ?? 'https://github.com/electron/electron/releases/download/';
  try {
    await fetch(base, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(probeTimeoutMs) });
    return true;
  } catch {
    return false;
  }
}

async function download() {
  const known = statSync(unreachableFile, { throwIfNoEntry: false });
  if (known && Date.now() - known.mtimeMs < believeMs && unreachable.matches(version())) return false;
  if (await reachable()) {
    console.log('Downloading Electron (once, about 120 MB) …');
    const install = path.join(folder, 'install.js');
    spawnSync(process.execPath, [install], { stdio: 'inherit', timeout: downloadTimeoutMs });
    if (installed()) return true;
  }
  unreachable.write(version());
  return false;
}

/**
 * What runs the app: real Electron if it is installed or can be had, else the stand-in. `why` completes
 * "…, because".
 */
export async function findElectron() {
  const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const standIn = path.join(root, 'out', 'standin');
  const label = `the stand-in for Electron ${version()}`;
  if (chosen) {
    const isOurs = path.resolve(chosen) === standIn;
    return {
      kind: isOurs ? 'stand-in' : 'electron',
      label: isOurs ? label : `Electron at ${chosen}`,
      why: 'ELECTRON_OVERRIDE_DIST_PATH says so',
      executable: path.join(chosen, 'electron'),
      env: {},
    };
  }
  const executable = installed() ?? ((await download()) ? installed() : null);
  if (executable) {
    return {
      kind: 'electron',
      label: `Electron ${version()}`,
      why: 'its binary is installed',
      executable,
      env: {},
    };
  }
  return {
    kind: 'stand-in',
    label,
    why: 'no Electron binary is installed and its download is out of reach',
    executable: path.join(standIn, 'electron'),
    env: { ELECTRON_OVERRIDE_DIST_PATH: standIn },
  };
}
