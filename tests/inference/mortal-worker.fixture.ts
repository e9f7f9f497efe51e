import { parentPort } from 'node:worker_threads';
import type { ToWorker } from '../../runner/src/inference/worker-messages.ts';

/** The engine's thread as it is, but for one pipeline that kills it at its load and one parameter that does. */
parentPort?.on('message', (message: ToWorker) => {
  const fatal =
    (message.type === 'load' && message.pipelineId === 'fatal') ||
    (message.type === 'parameters' && message.values.fatal === true);
  if (fatal) throw new Error('out of memory');
});
await import('../../runner/src/inference/inference-worker.ts');
