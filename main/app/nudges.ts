import type { Clock } from '../link/clock.ts';
import { nudgeOnceMs } from './defaults.ts';

export type NudgeCause = 'sleep' | 'network';

/**
 * Makes one nudge of those that mean the same event: a machine that wakes up tells so by its power events, its
 * clocks, its interfaces and the window's `online`, all within a second.
 *
 * @param nudge The link's. Its first attempt fails if the network is not there yet; its backoff takes care of that.
 */
export function nudgeOnce(
  nudge: (cause: NudgeCause) => void,
  clock: Pick<Clock, 'monotonic'>,
): (cause: NudgeCause) => void {
  let last = -Infinity;
  return (cause) => {
    const now = clock.monotonic();
    if (now - last < nudgeOnceMs) return;
    last = now;
    nudge(cause);
  };
}
