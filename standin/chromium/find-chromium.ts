import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const usualDirectories = [
  '/usr/bin',
  '/usr/local/bin',
  '/usr/lib/chromium',
  '/snap/bin',
  '/opt/google/chrome',
];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The Chromium to draw windows with: STANDIN_CHROMIUM, else CHROMIUM_PATH, else the first on PATH, else
 * the usual places.
 *
 * @throws {Error} With what to install when there is none, or when a variable names no executable.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  for (const variable of ['STANDIN_CHROMIUM', 'CHROMIUM_PATH']) {
    const chosen = environment[variable];
    if (!chosen) continue;
    if (isExecutable(chosen)) return chosen;
    throw new Error(`stand-in: ${variable} names '${chosen}', which is not an executable file`);
  }
  const directories = [...(environment.PATH ?? '').split(path.delimiter), ...usualDirectories].filter(
    (directory) => path.isAbsolute(directory),
  );
  for (const directory of directories)
    for (const name of names) {
      const file = path.join(directory, name);
      if (isExecutable(file)) return file;
    }
  throw new Error(
    'stand-in: no Chromium found. Install it with: apt-get install chromium (or set STANDIN_CHROMIUM to its path)',
  );
}
