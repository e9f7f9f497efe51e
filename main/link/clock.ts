/** A timer that was set; only the clock that made it can clear it. */
export type Timer = object | number;

/** Time and chance, handed in so that tests can decide both. */
export interface Clock {
  /** Epoch milliseconds: for times that are shown. */
  now(): number;
  /** Milliseconds that never jump: for durations. */
  monotonic(): number;
  setTimeout(run: () => void, ms: number): Timer;
  clearTimeout(timer: Timer): void;
  /** In [0, 1). */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
  random: () => Math.random(),
};
