import type { Engine, I420Frame } from '../inference/index.ts';
import type { FrameCounts } from '../session/process-messages.ts';

/** Where frames come from and go to: a peer. */
export interface FrameSink {
  show(frame: I420Frame): void;
}

/**
 * The way of a frame through the session: in from the newest peer that delivers, through the engine, out to
 * every peer. Nothing waits here and no timer is involved; without a pipeline a frame goes straight out.
 */
export class FramePath {
  readonly #engine: Engine;
  readonly #sinks: FrameSink[] = [];
  #pipeline: 'none' | 'loaded' = 'none';
  /** The peer whose frames count; others are heard only after it has gone. */
  #input: FrameSink | null = null;
  readonly #watchers = new Set<(frame: I420Frame) => void>();
  #in = 0;
  #out = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
    engine.onFrame((frame) => {
      if (this.#pipeline === 'loaded') this.#show(frame);
    });
  }

  /** Later peers take precedence as soon as they deliver. */
  add(sink: FrameSink): void {
    this.#sinks.push(sink);
  }

  remove(sink: FrameSink): void {
    const at = this.#sinks.indexOf(sink);
    if (at >= 0) this.#sinks.splice(at, 1);
    if (this.#input === sink) this.#input = null;
  }

  setPipeline(pipeline: 'none' | 'loaded'): void {
    this.#pipeline = pipeline;
  }

  /** A frame arrived from a peer. While two deliver, during a rebuild, only the newer one's are taken. */
  receive(from: FrameSink, frame: I420Frame): void {
    if (!this.#sinks.includes(from)) return;
    if (this.#input === null || this.#sinks.indexOf(from) > this.#sinks.indexOf(this.#input))
      this.#input = from;
    if (this.#input !== from) return;
    this.#in += 1;
    if (this.#pipeline === 'loaded') this.#engine.submit(frame);
    else this.#show(frame);
  }

  /** The next frame that goes out; null if none does within `limitMs`. */
  next(limitMs: number): Promise<I420Frame | null> {
    const { promise, resolve } = Promise.withResolvers<I420Frame | null>();
    const limit = setTimeout(() => resolve(null), limitMs);
    const watch = (frame: I420Frame): void => resolve(frame);
    this.#watchers.add(watch);
    return promise.finally(() => {
      clearTimeout(limit);
      this.#watchers.delete(watch);
    });
  }

  /** Counts since the last call. */
  takeCounts(): Omit<FrameCounts, 'rssBytes'> {
    const { dropped, inferences, meanMs } = this.#engine.takeStats();
    const counts = { in: this.#in, out: this.#out, dropped, inferences, inferenceMs: meanMs };
    this.#in = 0;
    this.#out = 0;
    return counts;
  }

  #show(frame: I420Frame): void {
    this.#out += 1;
    for (const sink of this.#sinks) sink.show(frame);
    for (const watch of this.#watchers) watch(frame);
  }
}
