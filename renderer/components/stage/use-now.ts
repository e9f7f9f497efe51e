import { useEffect, useState } from 'react';

/** Twice a second, so that no whole second of a countdown is skipped. */
const tickMs = 500;

/** Epoch milliseconds, renewed while `ticking`. */
export function useNow(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
