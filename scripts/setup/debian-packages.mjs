import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { run } from './project.mjs';

/** Where Debian puts servers; the path of a user who is not root lacks it. */
const serverFolders = process.platform === 'win32' ? [] : ['/usr/sbin', '/usr/local/sbin'];

/** @returns {string | null} The program's file. */
export function whereIs(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  for (const folder of [...folders, ...serverFolders]) {
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

/** What installs Debian packages, for whoever has to do it by hand. */
export const installCommand = (packages) =>
  `apt-get install -y --no-install-recommends ${packages.join(' ')}`;

/**
 * Installs Debian packages, where that is possible and not forbidden.
 *
 * @param {string} what Is missing, as it begins a sentence.
 * @param {readonly string[]} packages
 * @returns {string | null} Why nothing was tried, or null.
 * @throws {SetupError} If apt-get fails.
 */
export function installPackages(what, packages) {
  if (process.env.LINKSPAN_NO_APT === '1') return 'LINKSPAN_NO_APT=1 forbids to install it';
  if (whereIs('apt-get') === null) return 'there is no apt-get to install it';
  if (process.getuid?.() !== 0) return 'only root can install it';
  const command = installCommand(packages);
  console.log(`${what} is missing: running "${command}" (LINKSPAN_NO_APT=1 forbids it) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  run('apt-get update', 'apt-get', ['update', '-qq'], quiet);
  run('apt-get install', 'apt-get', command.split(' ').slice(1), quiet);
  return null;
}
