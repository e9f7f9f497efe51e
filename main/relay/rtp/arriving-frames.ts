import type { FrameClock } from '../../link/media-port.ts';
import { frameClock } from '../defaults.ts';
import { wrap32 } from './sequence.ts';

/**
 * When the frames of one picture arrive. A frame is a run of packets with one RTP time, and counts from its first
 * packet on, whether or not the rest of it ever comes.
 */
export class ArrivingFrames implements FrameClock {
  #count = 0;
  #lastAt: number | null = null;
  #timestamp = 0;
  /** A ring of the latest intervals, milliseconds. */
  readonly #intervals = new Float64Array(frameClock.intervals);
  /** What `medianMs` was, and after how many frames. */
  #median = { count: 0, ms: 0 };

  get count(): number {
    return this.#count;
  }

  get lastAt(): number | null {
    return this.#lastAt;
  }

  /** Worked out when asked: packets come by the thousand, the question by the second. */
  get medianMs(): number | null {
    if (this.#count < 2) return null;
    if (this.#median.count !== this.#count) {
      const known = Math.min(this.#count - 1, this.#intervals.length);
      this.#median = { count: this.#count, ms: median(this.#intervals.slice(0, known)) };
    }
    return this.#median.ms;
  }

  /**
   * A packet came that carries some of the picture; neither a repair nor padding.
   *
   * @param timestamp Its RTP time.
   * @param now Milliseconds of `performance.now()`.
   */
  note(timestamp: number, now: number): void {
    if (this.#lastAt !== null) {
      if (timestamp === this.#timestamp) return;
      // A packet that came late, of a frame that was counted. A source that starts anew jumps farther than that.
      if (wrap32(this.#timestamp - timestamp) <= frameClock.lateTicks) return;
      this.#intervals[(this.#count - 1) % this.#intervals.length] = now - this.#lastAt;
    }
    this.#count++;
    this.#timestamp = timestamp;
    this.#lastAt = now;
  }
}

/** @param values At least one; sorted in place. */
function median(values: Float64Array): number {
  values.sort();
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}
