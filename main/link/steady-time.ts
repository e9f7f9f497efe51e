import type { LinkState } from '../../shared/link/state.ts';
import type { Clock } from './clock.ts';

/** Corrections below this are what time servers do all day, milliseconds. Nobody sees them in a countdown. */
const noticeableMs = 1_000;

/**
 * Epoch milliseconds that never jump: the wall clock as it was at first, moved on by the one that only runs. The
 * machine reckons with these, so that a clock that is set neither ends an episode nor prolongs it; what is shown
 * follows the wall clock.
 */
export class SteadyTime {
  readonly #clock: Clock;
  readonly #ahead: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#ahead = clock.now() - clock.monotonic();
  }

  now(): number {
    return Math.round(this.#clock.monotonic() + this.#ahead);
  }

  /** The state with its times as the wall clock has them now. */
  shown(state: LinkState): LinkState {
    const setMs = Math.round((this.#clock.now() - this.now()) / noticeableMs) * noticeableMs;
    if (setMs === 0) return state;
    const moved = structuredClone(state);
    if ('since' in moved) moved.since += setMs;
    if ('nextAttemptAt' in moved && moved.nextAttemptAt !== null) moved.nextAttemptAt += setMs;
    return moved;
  }
}
