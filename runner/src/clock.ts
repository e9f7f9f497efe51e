/** Time as the runner's timers see it; tests hand in one that they turn themselves. */
export interface Clock {
  /** Milliseconds that never go back. */
  readonly now: () => number;
  /** Calls again and again; returns what stops it. */
  readonly every: (ms: number, call: () => void) => () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  every(ms, call) {
    const timer = setInterval(call, ms);
    return () => clearInterval(timer);
  },
};
