import { Worker } from 'node:worker_threads';
import type { FinishTask } from './finish-worker.ts';

/** Makes a recording seekable. @see makeSeekable, which does it */
export type Finish = (from: string, to: string) => Promise<number>;

/**
 * Finishes one recording after the other, each in a thread of its own.
 *
 * @param workerFile The built `finish-worker.ts`.
 */
export function finishInWorker(workerFile: string): Finish {
  let last: Promise<unknown> = Promise.resolve();
  return (from, to) => {
    const task: FinishTask = { from, to };
    const outcome = last.then(() => run(workerFile, task));
    last = outcome.catch((error: unknown) => error);
    return outcome;
  };
}

/** @throws What the thread threw, or that it ended without an answer. */
async function run(workerFile: string, workerData: FinishTask): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const worker = new Worker(workerFile, { workerData });
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', () => reject(new Error('The thread ended before the recording was finished.')));
  // A recording that is not finished when the app quits is finished at the next start.
  worker.unref();
  return promise;
}
