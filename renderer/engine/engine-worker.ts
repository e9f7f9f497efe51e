/**
 * Worker: runs a model on the source's frames when the mixer wants them. Models block it while they run, so nothing
 * else lives here.
 */
import type { MixerToEngine } from '../mixer/mixer-message.ts';
import type { FromEngine, ToEngine } from './engine-message.ts';
import { ModelDesk } from './model-desk.ts';
import { beginOrt, createSession } from './ort.ts';
import { inspectModel, tryModel } from './trial-runner.ts';

const tell = (message: FromEngine): void => postMessage(message);

/** What is tried has to run everywhere, so on WASM. */
const onWasm = (bytes: Uint8Array): ReturnType<typeof createSession> => createSession(bytes, 'wasm');

let desk: ModelDesk | null = null;

function begin({ threads, allowWebGpu, mixer }: Extract<ToEngine, { type: 'begin' }>): ModelDesk {
  beginOrt(threads);
  const begun = new ModelDesk({
    allowWebGpu,
    tell,
    handOut: (frame) => mixer.postMessage({ type: 'frame', frame }, [frame]),
  });
  mixer.onmessage = ({ data }: MessageEvent<MixerToEngine>) => {
    // Said before the first run, which may be the one that hangs.
    if (data.level === 'run') tell({ type: 'computing' });
    begun.compute(data.level);
  };
  return begun;
}

async function inspect(id: number, url: string): Promise<void> {
  try {
    tell({ type: 'inspected', id, shape: await inspectModel(url, onWasm), problem: null });
  } catch (error) {
    tell({ type: 'inspected', id, shape: null, problem: reasonOf(error) });
  }
}

async function attempt({ id, request }: Extract<ToEngine, { type: 'try' }>): Promise<void> {
  try {
    tell({ type: 'tried', id, trial: await tryModel(request, onWasm), problem: null });
  } catch (error) {
    tell({ type: 'tried', id, trial: null, problem: reasonOf(error) });
  }
}

function handle(message: ToEngine): void {
  if (message.type === 'begin') {
    desk = begin(message);
    return;
  }
  if (!desk) throw new Error(`Told ${message.type} before begin`);
  switch (message.type) {
    case 'source':
      desk.source(message.readable);
      return;
    case 'load':
      desk.load(message.generation, message.model, message.parameters);
      return;
    case 'unload':
      desk.unload();
      return;
    case 'parameters':
      desk.setParameters(message.values);
      return;
    case 'inspect':
      void desk.aside(() => inspect(message.id, message.url));
      return;
    case 'try':
      void desk.aside(() => attempt(message));
      return;
    case 'ping':
      tell({ type: 'pong', id: message.id });
      return;
    default:
      message satisfies never;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

addEventListener('message', (event: MessageEvent<ToEngine>) => handle(event.data));
