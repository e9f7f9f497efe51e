/** Intervals in a row in which nothing was heard. */
export interface Liveness {
  silent: number;
}

export const alive: Liveness = { silent: 0 };

export interface LivenessTick {
  /** Whether a byte came since the last tick; that a ping could be written is no sign of life. */
  heard: boolean;
  /** Milliseconds since the last tick, which are more than the interval when this process was blocked. */
  elapsedMs: number;
  intervalMs: number;
  /** Silent intervals in a row that mean death. */
  silentIntervals: number;
}

/** Timers come late by a little on any machine; by half an interval only when this process was held up. */
const lateShare = 1.5;

/**
 * One step per ping interval. A silence that our own process slept through is not held against the client:
 * what it sent meanwhile may still lie in the socket's buffer (A11).
 */
export function stepLiveness(
  state: Liveness,
  tick: LivenessTick,
): { state: Liveness; action: 'ping' | 'evict' } {
  if (tick.heard) return { state: alive, action: 'ping' };
  if (isLate(tick)) return { state, action: 'ping' };
  const silent = state.silent + 1;
  return { state: { silent }, action: silent >= tick.silentIntervals ? 'evict' : 'ping' };
}

/** Whether this process was blocked through the interval, so that nothing can be said about the client. */
export function isLate({ elapsedMs, intervalMs }: Pick<LivenessTick, 'elapsedMs' | 'intervalMs'>): boolean {
  return elapsedMs > lateShare * intervalMs;
}
