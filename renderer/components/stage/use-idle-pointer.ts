import { useEffect, useState } from 'react';

/** Long enough to reach a button, short enough that an audience is not shown the pointer. */
const idleAfterMs = 2_500;

/** Whether neither pointer nor keyboard was used lately; always false while not `watching`. */
export function useIdlePointer(watching: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!watching) return;
    let timer = setTimeout(() => setIdle(true), idleAfterMs);
    const wake = (): void => {
      clearTimeout(timer);
      setIdle(false);
      timer = setTimeout(() => setIdle(true), idleAfterMs);
    };
    addEventListener('pointermove', wake);
    addEventListener('keydown', wake);
    return () => {
      clearTimeout(timer);
      removeEventListener('pointermove', wake);
      removeEventListener('keydown', wake);
      setIdle(false);
    };
  }, [watching]);
  return idle;
}
