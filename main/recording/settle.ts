import { access, open, rename, rm } from 'node:fs/promises';
import { diskProblem } from './disk-problem.ts';
import type { Finish } from './finish-in-worker.ts';
import { freeStem, whenDone, whileFinished, whileRecorded } from './recording-names.ts';

export type Settled =
  /** `problem`: it plays, but cannot be jumped about in; null when it is as it should be. */
  | { kind: 'saved'; file: string; problem: string | null }
  /** It held no picture, and is removed. */
  | { kind: 'empty' }
  /** Someone took it away. */
  | { kind: 'gone' };

/** Whether something of that name is there, or may be: then it is left alone. */
export async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
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
  if (!(await exists(recorded))) return { kind: 'gone' };
  try {
    if ((await finish(recorded, finished)) === 0) {
      await rm(recorded, { force: true });
      return { kind: 'empty' };
    }
    await writeThrough(finished);
    const file = await takeFinalName(stem, finished);
    await rm(recorded, { force: true });
    return { kind: 'saved', file, problem: null };
  } catch (error) {
    onError(error);
    await rm(finished, { force: true });
    const problem = `It plays, but cannot be jumped about in: ${diskProblem(error)}`;
    return { kind: 'saved', file: await keepAsItIs(stem, recorded, onError), problem };
  }
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

async function takeFinalName(stem: string, from: string): Promise<string> {
  const file = whenDone(await freeStem(stem, (candidate) => exists(whenDone(candidate))));
  await rename(from, file);
  return file;
}

async function keepAsItIs(
  stem: string,
  recorded: string,
  onError: (error: unknown) => void,
): Promise<string> {
  try {
    return await takeFinalName(stem, recorded);
  } catch (error) {
    onError(error);
    return recorded;
  }
}
