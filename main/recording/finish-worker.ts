/** The thread that makes recordings seekable, so that main goes on relaying meanwhile. One file each. */
import { parentPort, workerData } from 'node:worker_threads';
import { makeSeekable } from './make-seekable.ts';

/** What the thread is given. */
export interface FinishTask {
  from: string;
  to: string;
}

const { from, to } = workerData as FinishTask;
parentPort?.postMessage(await makeSeekable(from, to), []);
