import { staleFrameMs } from './frame-defaults.ts';

/**
 * The source, read one frame at a time and only when one is wanted: what its track holds for a slow reader is its
 * newest frame, so that nothing is queued here and nothing is read while the engine rests.
 */
export class NewestFrames {
  readonly #now: () => number;
  #reader: ReadableStreamDefaultReader<VideoFrame> | null = null;
  /** Milliseconds by which this clock is ahead of the timestamps of fresh frames; null before the first of them. */
  #leastLagMs: number | null = null;
  #rested = true;

  /** @param now A monotonic clock, in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Takes the frames of this stream from now on; that of the one before is let go. */
  open(readable: ReadableStream<VideoFrame>): void {
    const former = this.#reader;
    this.#reader = readable.getReader();
    this.#leastLagMs = null;
    this.#rested = true;
    former?.cancel().catch((error: unknown) => console.warn('The former source was not let go', error));
  }

  /** Frames are not wanted for a while: the first one afterwards may have been waiting all the time. */
  rest(): void {
    this.#rested = true;
  }

  /** The next frame, the caller's to close; null when there is no source, or it has ended. */
  async next(): Promise<VideoFrame | null> {
    for (;;) {
      const reader = this.#reader;
      if (!reader) return null;
      // oxlint-disable-next-line no-await-in-loop -- one frame after the other
      const { value: frame, done } = await reader.read();
      if (reader !== this.#reader) {
        frame?.close();
      } else if (done) {
        this.#reader = null;
        return null;
      } else if (this.#isStale(frame)) {
        frame.close();
      } else {
        return frame;
      }
    }
  }

  /**
   * Timestamps are of another clock than ours, but run as fast: a frame that comes later by them than the promptest
   * one did has been waiting. At most one does, so only the first after a rest is looked at.
   */
  #isStale({ timestamp }: VideoFrame): boolean {
    const lagMs = this.#now() - timestamp / 1000;
    const wasRested = this.#rested;
    const least = this.#leastLagMs;
    this.#rested = false;
    if (wasRested && (least === null || lagMs > least + staleFrameMs)) return true;
    this.#leastLagMs = least === null ? lagMs : Math.min(least, lagMs);
    return false;
  }
}
