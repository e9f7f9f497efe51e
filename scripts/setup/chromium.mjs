import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { SetupError, run } from './project.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const packages = ['chromium', 'fonts-dejavu-core'];

function onPath(name) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'EACCES' && error.code !== 'ENOTDIR') throw error;
    }
  }
  return null;
}

function look() {
  const found = process.env.CHROMIUM_PATH ?? names.map(onPath).find((file) => file !== null);
  if (!found) return null;
  const { stdout, status } = spawnSync(found, ['--version'], { encoding: 'utf8' });
  const version = /[\d.]{5,}/.exec(stdout ?? '')?.[0];
  if (status !== 0 || !version) throw new SetupError(`${found} does not answer --version: is it Chromium?`);
  return { path: found, version: `Chromium ${version}` };
}

/**
 * The system's Chromium; installed from Debian's package when it is missing and that is possible.
 *
 * @returns {{ path: string, version: string }}
 */
export function findChromium() {
  const found = look();
  if (found) return found;
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const isRoot = process.getuid?.() === 0;
  const advice = `Chromium is needed and was not found. Install it ("sudo ${command}"), or set CHROMIUM_PATH to one.`;
  if (process.env.LINKSPAN_NO_APT === '1' || !isRoot || !onPath('apt-get')) throw new SetupError(advice);
  console.log(`Chromium is missing: running "${command}" (LINKSPAN_NO_APT=1 forbids it) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  run('apt-get update', 'apt-get', ['update', '-qq'], quiet);
  run('apt-get install', 'apt-get', command.split(' ').slice(1), quiet);
  const installed = look();
  if (!installed) throw new SetupError(advice);
  return installed;
}
