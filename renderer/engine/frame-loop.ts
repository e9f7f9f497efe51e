import { failedFramesLimit } from '../../pipelines/run/defaults.ts';
import type { FrameSize } from '../../shared/settings/schema.ts';
import { forgetAfterMs, sparseGapMs } from './frame-defaults.ts';
import { FrameFigures } from './frame-figures.ts';
import type { FrameSession } from './frame-session.ts';
import type { LocalFigures, LocalQuality } from './local-state.ts';
import { QualityLadder } from './quality-ladder.ts';

export interface FrameLoopDoors {
  /** As `NewestFrames`. */
  frames: { next(): Promise<VideoFrame | null>; rest(): void };
  /** Takes a frame over. */
  handOut(frame: VideoFrame): void;
  told(news: FrameNews): void;
  /** A monotonic clock, in milliseconds. */
  now: () => number;
}

export type FrameNews =
  | { type: 'figures'; figures: LocalFigures }
  | { type: 'quality'; quality: LocalQuality }
  /** The model failed on every frame for a second; it is not run any more. */
  | { type: 'failed'; session: FrameSession; problem: string };

/** The present model, and what is known of its frames. */
interface Running {
  session: FrameSession;
  ladder: { of: QualityLadder; size: FrameSize } | null;
  failedInARow: number;
  lastTimestampUs: number;
  /** When the last frame was done, on our clock. */
  lastMs: number;
}

/**
 * Makes frames as long as they are wanted and there is a model: the newest of the source, one at a time. While it
 * rests it reads nothing, and costs nothing.
 */
export class FrameLoop {
  readonly #doors: FrameLoopDoors;
  readonly #figures = new FrameFigures();
  #level: 'idle' | 'run' = 'idle';
  #running: Running | null = null;
  #isLooping = false;
  /** Runs and everything else that uses ONNX Runtime, one after the other: it does not like to be used twice at once. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(doors: FrameLoopDoors) {
    this.#doors = doors;
  }

  get session(): FrameSession | null {
    return this.#running?.session ?? null;
  }

  compute(level: 'idle' | 'run'): void {
    this.#level = level;
    if (level === 'run') this.wake();
    else {
      this.#figures.startAnew();
      this.#doors.frames.rest();
    }
  }

  /** There may be frames now: a source came, or a model. */
  wake(): void {
    if (this.#isLooping || !this.#isWanted()) return;
    this.#isLooping = true;
    this.#loop().catch((error: unknown) => console.error('The source broke off', error));
  }

  /** Between two runs, when the model is not in use. */
  inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#turn.then(work);
    // The caller hears of a failure; the next in turn must not.
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** To be called in turn. @returns The model that was run until now, to be closed. */
  replace(session: FrameSession | null): FrameSession | null {
    const former = this.session;
    this.#running = session && {
      session,
      ladder: null,
      failedInARow: 0,
      lastTimestampUs: -Infinity,
      lastMs: Infinity,
    };
    this.#figures.startAnew();
    this.wake();
    return former;
  }

  async #loop(): Promise<void> {
    try {
      while (this.#isWanted()) {
        // oxlint-disable-next-line no-await-in-loop -- one frame after the other
        const frame = await this.#doors.frames.next();
        if (!frame) return;
        // oxlint-disable-next-line no-await-in-loop -- as above
        await this.inTurn(() => this.#take(frame));
      }
    } finally {
      this.#isLooping = false;
    }
  }

  #isWanted(): boolean {
    return this.#level === 'run' && this.#running !== null;
  }

  async #take(frame: VideoFrame): Promise<void> {
    const running = this.#running;
    try {
      if (running && this.#isWanted()) await this.#make(frame, running);
    } finally {
      frame.close();
    }
  }

  async #make(frame: VideoFrame, running: Running): Promise<void> {
    const startMs = this.#doors.now();
    const quality = this.#qualityFor(frame, running);
    const gapMs = (frame.timestamp - running.lastTimestampUs) / 1000;
    // A clock that jumped back is another source's.
    if (quality?.everySecond && gapMs >= 0 && gapMs < sparseGapMs) return;
    running.lastTimestampUs = frame.timestamp;
    if (startMs - running.lastMs > forgetAfterMs) running.session.beginAnew();
    try {
      const made = await running.session.process(frame, quality?.size ?? sizeOf(frame));
      running.failedInARow = 0;
      if (this.#running === running && this.#level === 'run') this.#doors.handOut(made.frame);
      else made.frame.close();
      running.lastMs = this.#doors.now();
      this.#count(running, made.runMs, running.lastMs - startMs);
    } catch (error) {
      this.#failed(running, error instanceof Error ? error.message : String(error));
    }
  }

  /** Null for what is handed through as it is. */
  #qualityFor(frame: VideoFrame, running: Running): LocalQuality | null {
    const { session, ladder } = running;
    if (session.provider === 'identity') return null;
    const size = sizeOf(frame);
    if (!ladder) {
      const { budget, io } = session.manifest;
      running.ladder = { of: new QualityLadder(budget, size, io.image.size), size };
      this.#doors.told({ type: 'quality', quality: running.ladder.of.quality });
    } else if (ladder.size.width !== size.width || ladder.size.height !== size.height) {
      ladder.size = size;
      if (ladder.of.resized(size)) this.#doors.told({ type: 'quality', quality: ladder.of.quality });
    }
    return running.ladder!.of.quality;
  }

  #count({ ladder }: Running, runMs: number, frameMs: number): void {
    const figures = this.#figures.add(runMs, frameMs, this.#doors.now());
    if (figures) this.#doors.told({ type: 'figures', figures });
    if (ladder?.of.ran(frameMs)) this.#doors.told({ type: 'quality', quality: ladder.of.quality });
  }

  #failed(running: Running, problem: string): void {
    running.failedInARow += 1;
    if (running.failedInARow === 1) console.warn(`A frame could not be transformed: ${problem}`);
    if (running.failedInARow < failedFramesLimit || this.#running !== running) return;
    this.#running = null;
    this.#doors.told({ type: 'failed', session: running.session, problem });
  }
}

function sizeOf(frame: VideoFrame): FrameSize {
  const { width, height } = frame.visibleRect!;
  return { width, height };
}
