import type { Clock } from './clock.ts';

/**
 * Waits for `outcome`, but not longer than `ms`. The timer never outlives the wait.
 *
 * @param late What it resolves to when time is up; `outcome` is then ignored.
 */
export function within<Value>(
  clock: Clock,
  ms: number,
  outcome: Promise<Value>,
  late: () => Value,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(() => resolve(late()), ms);
    outcome.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
}
