/**
 * Token bucket: up to `burst` at once, `perSecond` in the long run.
 *
 * @param now Milliseconds of a clock that never goes back.
 */
export function rateLimit(
  limit: { perSecond: number; burst: number },
  now: () => number,
): { take(): boolean } {
  let left = limit.burst;
  let filledAt = now();
  return {
    take() {
      const at = now();
      left = Math.min(limit.burst, left + ((at - filledAt) / 1000) * limit.perSecond);
      filledAt = at;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
