import type { ParameterValues } from '../../shared/wire/parameters.ts';
import type { FromEngine } from './engine-message.ts';
import { type FrameNews, FrameLoop } from './frame-loop.ts';
import type { FrameSession } from './frame-session.ts';
import { loadSession } from './load-session.ts';
import type { LocalModel } from './local-model.ts';
import { NewestFrames } from './newest-frames.ts';
import { readModelFile } from './read-model-file.ts';

export interface ModelDeskOptions {
  allowWebGpu: boolean;
  tell(message: FromEngine): void;
  /** Takes a frame over. */
  handOut(frame: VideoFrame): void;
}

const log = (line: string): void => console.warn(line);

/**
 * Which model is run. Another one is prepared beside the present one, which goes on until the other is ready, and
 * stays when it never is.
 */
export class ModelDesk {
  readonly #options: ModelDeskOptions;
  readonly #frames = new NewestFrames();
  readonly #loop: FrameLoop;
  /** Of the model that was asked for last; null: none is wanted. What was asked for before is dropped. */
  #wanted: number | null = null;
  /** Of the model that is run. */
  #generation = 0;
  /** Loads and unloads, in the order in which they were asked for. */
  #changes: Promise<void> = Promise.resolve();

  constructor(options: ModelDeskOptions) {
    this.#options = options;
    this.#loop = new FrameLoop({
      frames: this.#frames,
      handOut: (frame) => options.handOut(frame),
      told: (news) => this.#receive(news),
      now: () => performance.now(),
    });
  }

  compute(level: 'idle' | 'run'): void {
    this.#loop.compute(level);
  }

  source(readable: ReadableStream<VideoFrame>): void {
    this.#frames.open(readable);
    this.#loop.wake();
  }

  load(generation: number, model: LocalModel, parameters: ParameterValues): void {
    this.#wanted = generation;
    this.#change(() => this.#load(generation, model, parameters));
  }

  unload(): void {
    this.#wanted = null;
    this.#change(() => this.#replace(null));
  }

  /** Of the model that is run. One that still loads is told once it is. */
  setParameters(values: ParameterValues): void {
    this.#loop.session?.setParameters(values);
  }

  /** Anything else that uses ONNX Runtime; never rejects. */
  aside(work: () => Promise<void>): Promise<void> {
    return this.#loop.inTurn(work);
  }

  async #load(generation: number, { manifest, url }: LocalModel, parameters: ParameterValues): Promise<void> {
    if (generation !== this.#wanted) return;
    const file = manifest.runtime.identity ? null : await readModelFile(manifest, url);
    if (generation !== this.#wanted) return;
    if (file?.ok === false) {
      this.#loadFailed(generation, `"${manifest.title}" cannot be loaded: ${file.problem}`);
      return;
    }
    const { allowWebGpu } = this.#options;
    const bytes = file?.value ?? new Uint8Array();
    const opened = await this.#loop.inTurn(() =>
      loadSession({ manifest, bytes, parameters, allowWebGpu, log }),
    );
    if (!opened.ok) {
      this.#loadFailed(generation, opened.problem);
      return;
    }
    const session = opened.value;
    if (generation !== this.#wanted) {
      await this.#loop.inTurn(() => close(session));
      return;
    }
    this.#generation = generation;
    await this.#replace(session);
    this.#options.tell({ type: 'loaded', generation, provider: session.provider });
    void session.lost.then((reason) => this.#lost(session, reason));
  }

  #replace(session: FrameSession | null): Promise<void> {
    return this.#loop.inTurn(async () => {
      const former = this.#loop.replace(session);
      if (former) await close(former);
    });
  }

  #loadFailed(generation: number, problem: string): void {
    this.#options.tell({ type: 'load-failed', generation, problem });
  }

  #receive(news: FrameNews): void {
    if (news.type === 'failed') this.#broken(news.problem, false);
    else this.#options.tell(news);
  }

  #lost(session: FrameSession, reason: string): void {
    if (this.#loop.session !== session) return;
    // Closing it would ask the lost device: whoever is told ends this worker.
    void this.#loop.inTurn(async () => {
      if (this.#loop.session === session) this.#loop.replace(null);
    });
    this.#broken(reason, true);
  }

  #broken(problem: string, deviceLost: boolean): void {
    this.#options.tell({ type: 'broken', generation: this.#generation, problem, deviceLost });
  }

  #change(work: () => Promise<void>): void {
    this.#changes = this.#changes
      .then(work)
      .catch((error: unknown) => console.error('A model was not loaded', error));
  }
}

/** What it held is lost if it cannot be closed, and that is all: the next one is in its place already. */
async function close(session: FrameSession): Promise<void> {
  try {
    await session.close();
  } catch (error) {
    log(`A model could not be released: ${String(error)}`);
  }
}
