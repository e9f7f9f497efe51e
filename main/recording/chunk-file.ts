import { open } from 'node:fs/promises';
import { fail, ok, type Result } from '../../shared/result.ts';
import { maxWaitingBytes } from './defaults.ts';
import { diskProblem } from './disk-problem.ts';

/** An open file, as far as a recording needs it. */
export interface Appendable {
  /** Writes all of it behind what was written before. */
  writeFile(bytes: Uint8Array): Promise<void>;
  /** Resolves once it would outlast a power cut. */
  datasync(): Promise<void>;
  close(): Promise<void>;
}

/** @throws When the file exists already, or cannot be made. */
export const createFile = (file: string): Promise<Appendable> => open(file, 'wx');

/**
 * A file that grows piece by piece, in the order of the calls, each written through at once. The first failure is the
 * last thing that happens to it: every later piece is refused for the same reason, so that the file has no hole.
 */
export class ChunkFile {
  readonly #handle: Appendable;
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #written = 0;
  /** Why no more pieces are taken; those taken before are still written. */
  #refusal: string | null = null;
  /** Why nothing is written any more. */
  #broken: string | null = null;

  constructor(handle: Appendable) {
    this.#handle = handle;
  }

  /** @returns Bytes on the disk with this piece, or why there will be no more. */
  write(bytes: Uint8Array): Promise<Result<number, string>> {
    if (this.#waiting + bytes.byteLength > maxWaitingBytes)
      this.#refusal ??= 'The disk is too slow for this recording.';
    if (this.#refusal !== null) return Promise.resolve(fail(this.#refusal));
    this.#waiting += bytes.byteLength;
    const outcome = this.#tail.then(() => this.#append(bytes));
    this.#tail = outcome;
    return outcome;
  }

  /** Closes it behind what waits. @returns What went wrong with that; what was written stays. */
  async close(): Promise<string | null> {
    this.#refusal ??= 'The recording has ended.';
    await this.#tail;
    try {
      await this.#handle.close();
      return null;
    } catch (error) {
      return diskProblem(error);
    }
  }

  async #append(bytes: Uint8Array): Promise<Result<number, string>> {
    try {
      if (this.#broken !== null) return fail(this.#broken);
      await this.#handle.writeFile(bytes);
      await this.#handle.datasync();
      this.#written += bytes.byteLength;
      return ok(this.#written);
    } catch (error) {
      this.#broken = diskProblem(error);
      return fail(this.#broken);
    } finally {
      this.#waiting -= bytes.byteLength;
    }
  }
}
