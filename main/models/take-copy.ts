import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { fail, ok, type Result } from '../../shared/result.ts';
import { modelMaxBytes } from './defaults.ts';

/** Bytes read at once. */
const chunkBytes = 1024 * 1024;

export const tooLarge = `it is larger than ${modelMaxBytes / 1024 / 1024} MiB. Models of that size do not run in real time; use a smaller one`;

/** What a copy has in it. */
export interface Copied {
  bytes: number;
  sha256: string;
}

/**
 * Copies an opened file, and says what was copied: the file itself may be changed by others meanwhile, so its size
 * beforehand counts for nothing.
 *
 * @param target Must not exist yet.
 */
export async function takeCopy(source: FileHandle, target: string): Promise<Result<Copied, string>> {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(chunkBytes);
  await using copy = await open(target, 'wx', 0o600);
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await source.read(chunk, 0, chunkBytes, bytes);
    if (bytesRead === 0) break;
    bytes += bytesRead;
    if (bytes > modelMaxBytes) return fail(tooLarge);
    const part = chunk.subarray(0, bytesRead);
    hash.update(part);
    // All of it, also on a disk that takes less at once.
    await copy.writeFile(part);
  }
  await copy.sync();
  return bytes === 0 ? fail('it is empty') : ok({ bytes, sha256: hash.digest('hex') });
}
