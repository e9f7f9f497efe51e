import { lstat, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { diskProblem, isDamaged } from './disk-problem.ts';
import type { Finish } from './finish-in-worker.ts';
import { freeStem, whenDone, whileFinished, whileRecorded } from './recording-names.ts';

export type Settled =
  /** `problem`: why it cannot be jumped about in, or is damaged; null when it is as it should be. */
  | { kind: 'saved'; file: string; problem: string | null }
  /** It held no picture, and is removed. */
  | { kind: 'empty' }
  /** Someone took it away. */
  | { kind: 'gone' }
  /** Its folder is not there, or cannot be read: the disk may be back another time. */
  | { kind: 'unreachable' };

/**
 * Whether something of that name is there, be it a link that leads nowhere.
 *
 * @throws When that cannot be told.
 */
export async function exists(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

/** Where a recording is that is not finished. */
async function lookFor(recorded: string): Promise<'there' | 'gone' | 'unreachable'> {
  try {
    if (await exists(recorded)) return 'there';
    return (await exists(path.dirname(recorded))) ? 'gone' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}

/**
 * Gives a recording that has ended its final form and name. Whatever fails, its pictures stay: under the final name
 * when that can be given, else where they are.
 *
 * @param stem The file's path without its end. No file but those named after it is touched, none is overwritten.
 */
export async function settle(
  stem: string,
  finish: Finish,
  onError: (error: unknown) => void,
): Promise<Settled> {
  const recorded = whileRecorded(stem);
  const finished = whileFinished(stem);
  const found = await lookFor(recorded);
  if (found !== 'there') return { kind: found };
  try {
    if ((await finish(recorded, finished)) === 0) {
      await rm(recorded, { force: true });
      return { kind: 'empty' };
    }
    await writeThrough(finished);
    // First in place of the original, so that a crash leaves one file at any moment and never two of the same.
    await rename(finished, recorded);
  } catch (error) {
    onError(error);
    await rm(finished, { force: true }).catch(onError);
    const left = await lookFor(recorded);
    if (left !== 'there') return { kind: left };
    const problem = isDamaged(error)
      ? 'A part of it is damaged. It was kept as it is.'
      : `It plays, but cannot be jumped about in: ${diskProblem(error)}`;
    return { kind: 'saved', file: await takeFinalName(stem, recorded, onError), problem };
  }
  return { kind: 'saved', file: await takeFinalName(stem, recorded, onError), problem: null };
}

/** Before the original goes, the new one must outlast a power cut. */
async function writeThrough(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @returns Where it is then: as it was called before when its final name cannot be given to it. */
async function takeFinalName(
  stem: string,
  recorded: string,
  onError: (error: unknown) => void,
): Promise<string> {
  try {
    const file = whenDone(await freeStem(stem, (candidate) => exists(whenDone(candidate))));
    await rename(recorded, file);
    return file;
  } catch (error) {
    onError(error);
    return recorded;
  }
}
