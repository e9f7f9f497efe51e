import { spawnSync } from 'node:child_process';
import { installCommand, installPackages, whereIs } from './debian-packages.mjs';
import { SetupError } from './project.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const packages = ['chromium', 'fonts-dejavu-core'];

function look() {
  const found = process.env.CHROMIUM_PATH ?? names.map(whereIs).find((file) => file !== null);
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
  const reason = installPackages('Chromium', packages);
  const installed = look();
  if (installed) return installed;
  throw new SetupError(
    `Chromium is needed and was not found${reason === null ? '' : `, and ${reason}`}. ` +
      `Install it ("sudo ${installCommand(packages)}"), or set CHROMIUM_PATH to one.`,
  );
}
