import { parentPort, workerData } from 'node:worker_threads';
import type { RunnerProvider } from './provider-plan.ts';
import { tryProvider } from './provider-trial.ts';

/**
 * The thread of the probe's process on which providers are tried, one after the other: a session's models run
 * on such a thread too, and the process's main thread stays able to end it.
 */
const providers = workerData as readonly RunnerProvider[];
for (const provider of providers) {
  // oxlint-disable-next-line no-await-in-loop -- what a provider does must be seen to be its own doing
  parentPort?.postMessage({ provider, problem: await tryProvider(provider) }, []);
}
