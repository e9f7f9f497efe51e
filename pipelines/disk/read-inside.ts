import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';

/**
 * Reads a file that lies directly in a model's folder: links that lead out of it, files above the limit and what is
 * no file at all are refused. One set of rules for every folder of models, the app's and the runner's.
 *
 * @param name A bare file name.
 * @param limit Bytes.
 * @returns The problem names the file and no path.
 */
export function readInside(folder: string, name: string, limit: number): Promise<Result<Buffer, string>> {
  return withFileInside(folder, name, limit, (file) => file.readFile());
}

/** Bytes of a file that could be read so; nothing of it is read. */
export function sizeInside(folder: string, name: string, limit: number): Promise<Result<number, string>> {
  return withFileInside(folder, name, limit, async (file) => (await file.stat()).size);
}

async function withFileInside<Value>(
  folder: string,
  name: string,
  limit: number,
  use: (file: FileHandle) => Promise<Value>,
): Promise<Result<Value, string>> {
  try {
    const home = await realpath(folder);
    const real = await realpath(path.join(home, name));
    if (path.dirname(real) !== home) return fail(`${name} lies outside the model's folder`);
    await using file = await openRegular(real);
    const { size } = await file.stat();
    if (size > limit) return fail(`${name} has ${size} bytes; the limit is ${limit}`);
    return ok(await use(file));
  } catch (error) {
    return fail(`${name} cannot be read (${reasonOf(error)})`);
  }
}

/**
 * Opens a file that is one: no folder, no link, no pipe that would keep us waiting.
 *
 * @throws {Error} With a code, as `fs` does; `ENOTFILE` when it is something else.
 */
export async function openRegular(file: string): Promise<FileHandle> {
  // Windows knows neither flag; there links and pipes are caught by the look before.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
  refuseOthers(await lstat(file));
  const handle = await open(file, (O_RDONLY ?? 0) | O_NOFOLLOW | O_NONBLOCK);
  try {
    refuseOthers(await handle.stat());
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function refuseOthers(found: Stats): void {
  if (!found.isFile()) throw Object.assign(new Error('not a regular file'), { code: 'ENOTFILE' });
}

/** The code of a file system's error, else its message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
