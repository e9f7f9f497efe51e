import { useSyncExternalStore } from 'react';

/** Twice a second, so that no whole second of a countdown is skipped. */
const tickMs = 500;

const everyTick = (listener: () => void): (() => void) => {
  const timer = setInterval(listener, tickMs);
  return () => clearInterval(timer);
};
const never = (): (() => void) => () => {};

/** Epoch milliseconds, rounded up to a tick so that a countdown starts at what it was set to; kept going while `ticking`. */
export function useNow(ticking: boolean): number {
  return useSyncExternalStore(ticking ? everyTick : never, () => Math.ceil(Date.now() / tickMs) * tickMs);
}
