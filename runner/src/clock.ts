/** Time as the runner's timers see it; tests hand in one that they turn themselves. */
export interface Clock {
  /** Milliseconds that never go back. */
  readonly now: () => number;
  /** Calls again and again; returns what stops it. */
  readonly every: (ms: number, call: () => void) => () => void;
  /** Calls once, in `ms` milliseconds or later; returns what stops it. */
  readonly after: (ms: number, call: () => void) => () => void;
}

/** The longest that Node's timers take; a longer one would fire at once. */
const maxTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  every(ms, call) {
    const timer = setInterval(call, ms);
    return () => clearInterval(timer);
  },
  after(ms, call) {
    const timer = setTimeout(call, Math.min(ms, maxTimerMs));
    return () => clearTimeout(timer);
  },
};
