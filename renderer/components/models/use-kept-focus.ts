import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Gives the focus to where whoever works by keyboard goes on, when what had it goes with a change. Nothing that has
 * the focus loses it.
 *
 * @param change What is another value after each change.
 */
export function useKeptFocus(target: RefObject<HTMLElement | null>, change: unknown): void {
  const before = useRef(change);
  useLayoutEffect(() => {
    if (before.current === change) return;
    before.current = change;
    // What was disabled or taken away in this very change is let go of a moment later.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) target.current?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [target, change]);
}
