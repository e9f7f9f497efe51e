import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Version of a Chromium binary. Asking it costs a tenth of a second at every start, so the answer is kept
 * beside the stand-in's scripts for as long as the file is the same one.
 *
 * @throws {Error} When the binary does not answer `--version` as Chromium does.
 */
export function chromiumVersion(executable: string, cacheDirectory: string): string {
  const file = realpathSync(executable);
  const identity = `${file}:${statSync(file).mtimeMs}`;
  const cacheFile = path.join(cacheDirectory, 'chromium-version.json');
  const cached = readCache(cacheFile);
  if (cached?.identity === identity) return cached.version;
  const answer = execFileSync(executable, ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const version = /\d+(?:\.\d+){3}/.exec(answer)?.[0];
  if (!version) throw new Error(`stand-in: '${executable} --version' answered '${answer.trim()}'`);
  try {
    writeFileSync(cacheFile, JSON.stringify({ identity, version }));
  } catch {
    return version; // a read-only installation asks again at the next start
  }
  return version;
}

function readCache(file: string): { identity: string; version: string } | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { identity: string; version: string };
  } catch {
    return null;
  }
}
