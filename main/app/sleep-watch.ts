import type { LinkPhase } from '../../shared/link/state.ts';
import type { Clock, Timer } from '../link/clock.ts';
import { clockJumpMs, clockLookMs } from './defaults.ts';

interface Reading {
  now: number;
  monotonic: number;
}

/**
 * Whether the system slept between two readings that were meant to lie `tickMs` apart. On Linux and macOS the
 * monotonic clock stands still meanwhile and the wall clock does not; on Windows both go on, and the timer is late.
 * A wall clock that somebody sets by so much counts too: that costs one needless dial.
 */
export function sleptBetween(before: Reading, after: Reading, tickMs: number): boolean {
  const passed = after.monotonic - before.monotonic;
  return Math.abs(after.now - before.now - passed) > clockJumpMs || passed - tickMs > clockJumpMs;
}

/** Notices sleep that no event told of: virtual machines that are paused, and systems that forget to say. */
export class SleepWatch {
  readonly #clock: Clock;
  readonly #slept: () => void;
  #timer: Timer | null = null;
  #last: Reading = { now: 0, monotonic: 0 };

  constructor(clock: Clock, slept: () => void) {
    this.#clock = clock;
    this.#slept = slept;
  }

  /** Told each status of the link: an idle one has nothing to lose, and no timer runs. */
  follow(phase: LinkPhase): void {
    if (phase === 'idle') this.stop();
    else if (this.#timer === null) this.#wait();
  }

  /** An event told of the sleep: what went before is no reason any more. */
  forget(): void {
    this.#last = this.#read();
  }

  stop(): void {
    if (this.#timer !== null) this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(): void {
    this.#last = this.#read();
    this.#timer = this.#clock.setTimeout(() => this.#look(), clockLookMs);
  }

  #look(): void {
    const slept = sleptBetween(this.#last, this.#read(), clockLookMs);
    this.#wait();
    if (slept) this.#slept();
  }

  #read(): Reading {
    return { now: this.#clock.now(), monotonic: this.#clock.monotonic() };
  }
}
