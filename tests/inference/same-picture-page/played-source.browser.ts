import { builtInModels } from '../../../renderer/engine/built-in-models.ts';
import type { FromEngine, ToEngine } from '../../../renderer/engine/engine-message.ts';
import type { EngineToMixer, MixerToEngine } from '../../../renderer/mixer/mixer-message.ts';
import type { PictureCase } from './picture-case.ts';

/** The engine's worker as the window has it, and the next frame that it gives. */
class DirectEngine {
  readonly #worker = new Worker(new URL('../../../renderer/engine/engine-worker.ts', import.meta.url), {
    type: 'module',
  });
  readonly #mixer: MessagePort;

  constructor(threads: number, readable: ReadableStream<VideoFrame>) {
    const { port1, port2 } = new MessageChannel();
    this.#mixer = port2;
    this.#tell({ type: 'begin', threads, allowWebGpu: false, mixer: port1 }, [port1]);
    this.#tell({ type: 'source', readable }, [readable]);
  }

  async load({ id, parameters }: PictureCase): Promise<void> {
    const model = builtInModels.find(({ manifest }) => manifest.id === id);
    if (!model) throw new Error(`There is no model ${id}`);
    const outcome = new Promise<FromEngine>((resolve, reject) => {
      this.#worker.addEventListener('message', ({ data }: MessageEvent<FromEngine>) => {
        if (data.type === 'loaded' || data.type === 'load-failed') resolve(data);
      });
      this.#worker.addEventListener('error', (event) => reject(new Error(event.message)));
    });
    this.#tell({ type: 'load', generation: 1, model, parameters });
    const loaded = await outcome;
    if (loaded.type === 'load-failed') throw new Error(loaded.problem);
  }

  compute(level: MixerToEngine['level']): void {
    this.#mixer.postMessage({ type: 'compute', level } satisfies MixerToEngine, []);
  }

  next(): Promise<VideoFrame> {
    return new Promise((resolve) => {
      this.#mixer.onmessage = ({ data }: MessageEvent<EngineToMixer>) => resolve(data.frame);
    });
  }

  end(): void {
    this.#worker.terminate();
  }

  #tell(message: ToEngine, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}

/** Takes frames through the engine one by one: each goes in once the one before has come out. */
export async function throughEngine(
  wanted: PictureCase,
  threads: number,
  frames: ((timestamp: number) => VideoFrame)[],
): Promise<VideoFrame[]> {
  let source: ReadableStreamDefaultController<VideoFrame> | null = null;
  const readable = new ReadableStream<VideoFrame>({ start: (controller) => void (source = controller) });
  const engine = new DirectEngine(threads, readable);
  await engine.load(wanted);
  engine.compute('run');
  const enqueue = (make: (timestamp: number) => VideoFrame): void =>
    source!.enqueue(make(Math.round(performance.now() * 1000)));
  // The first frame after a rest may be an old one, and is not shown.
  enqueue(frames[0]!);
  const made: VideoFrame[] = [];
  for (const frame of frames) {
    const next = engine.next();
    enqueue(frame);
    // oxlint-disable-next-line no-await-in-loop -- one after the other is what is wanted
    made.push(await next);
  }
  engine.end();
  return made;
}
