import { syncBuiltinESMExports } from 'node:module';
import threads, { Worker, type WorkerOptions } from 'node:worker_threads';

/** A session's process as it is, but for the thread of its models, which can be made to die; see that file. */
const mortal = new URL('../inference/mortal-worker.fixture.ts', import.meta.url);
threads.Worker = class extends Worker {
  constructor(_script: string | URL, options?: WorkerOptions) {
    super(mortal, options);
  }
};
syncBuiltinESMExports();
await import('../../runner/src/media/session-main.ts');
