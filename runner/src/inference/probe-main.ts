import { Worker } from 'node:worker_threads';
import type { ProbeSetup } from './detect-providers.ts';

/**
 * Entry of the throwaway process that tries execution providers; its one argument is a `ProbeSetup` as JSON.
 * It hands on what its thread finds and is then killed by whoever started it. When that thread throws or the
 * native module aborts, the process ends with it, which is an answer as well.
 */
const { trial, providers } = JSON.parse(process.argv[2] ?? '') as ProbeSetup;
const worker = new Worker(new URL(trial), { workerData: providers });
worker.on('message', (finding) => process.send?.(finding));

// The runner is gone. An orderly exit would wait for a native call that hangs.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
