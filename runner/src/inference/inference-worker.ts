import { parentPort, workerData } from 'node:worker_threads';
import type { I420Frame } from './i420-frame.ts';
import { PipelineHost } from './pipeline-host.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './worker-messages.ts';

/**
 * The thread on which models run: `run()` of ONNX Runtime blocks it for the whole inference. It ends by
 * itself after `close`, as a thread that is terminated inside a run takes the process with it (abort in the
 * native module, seen with onnxruntime-node 1.30).
 */
const port = parentPort;
if (!port) throw new Error('inference-worker.ts runs in a worker thread only');

const send = (message: FromWorker, transfer: readonly ArrayBuffer[] = []): void =>
  port.postMessage(message, transfer);
const host = new PipelineHost(workerData as WorkerSetup, (line) => send({ type: 'log', line }));

/** Loads and unloads take place in the order in which they were asked for. */
let changes: Promise<void> = Promise.resolve();

function change(work: () => Promise<void>): void {
  changes = after(changes, work);
}

async function after(previous: Promise<void>, work: () => Promise<void>): Promise<void> {
  await previous;
  await work();
}

async function load(message: Extract<ToWorker, { type: 'load' }>): Promise<void> {
  send({ type: 'loaded', request: message.request, outcome: await host.load(message) });
}

async function unload(request: number): Promise<void> {
  await host.unload();
  send({ type: 'unloaded', request });
}

async function transform(frame: I420Frame): Promise<void> {
  const result = await host.process(frame);
  if (result.ok) send({ type: 'result', ...result.value }, [result.value.frame.data.buffer as ArrayBuffer]);
  else send({ type: 'skipped', problem: result.problem });
}

async function close(): Promise<void> {
  await host.unload();
  port?.close();
}

port.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'load':
      change(() => load(message));
      return;
    case 'unload':
      change(() => unload(message.request));
      return;
    case 'parameters':
      host.setParameters(message.values);
      return;
    case 'frame':
      void transform(message.frame);
      return;
    case 'close':
      change(close);
      return;
    default:
      message satisfies never;
  }
});
