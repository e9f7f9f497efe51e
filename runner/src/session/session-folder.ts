import { mkdtempSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';

/** Every runner has a folder of its own, named after its process so that what a killed one left can be told. */
const prefix = 'linkspan-runner-';

/** Removes a folder with all that is in it. */
export type Remove = (folder: string) => Promise<void>;

export const removeFolder: Remove = (folder) => rm(folder, { recursive: true, force: true, maxRetries: 3 });

/**
 * Makes the folder in which this runner's sessions have theirs, and removes those of runners that are gone.
 *
 * @param workDir Made if missing.
 * @throws {Error} If it cannot be written to.
 */
export function makeRunnerFolder(workDir: string): string {
  mkdirSync(workDir, { recursive: true });
  for (const name of readdirSync(workDir)) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    rmSync(path.join(workDir, name), { recursive: true, force: true });
  }
  return mkdtempSync(path.join(workDir, `${prefix}${process.pid}-`));
}

/**
 * A session's own folder; its name is used once, so that cleaning up after one never touches another (A42).
 *
 * @param runnerFolder Made anew if it has gone: systems clear folders for temporary files of what has lain there
 * for days, under a runner that is still at work.
 */
export function makeSessionFolder(runnerFolder: string): string {
  mkdirSync(runnerFolder, { recursive: true, mode: 0o700 });
  return mkdtempSync(path.join(runnerFolder, 'session-'));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It may belong to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
