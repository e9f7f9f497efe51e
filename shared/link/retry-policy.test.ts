import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRecovery } from './recovery-settings.ts';
import { defaultLinkPolicy, linkPolicy, retryPolicy } from './retry-policy.ts';

describe('retryPolicy', () => {
  it('A22: tries at once, then after 1, 2 and 4 s, then gives up', () => {
    const { retry } = defaultLinkPolicy;
    const delays = [1, 2, 3, 4, 5].map((attempt) => retry.delayMs(attempt, 0.5));
    expect(delays).toEqual([0, 1_000, 2_000, 4_000, null]);
    expect(retry.attempts).toBe(4);
  });

  it('A22: spreads each pause by 25 % to either side, and never the first', () => {
    const { retry } = defaultLinkPolicy;
    expect([retry.delayMs(2, 0), retry.delayMs(2, 1)]).toEqual([750, 1_250]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, roll) => {
          const base = [0, 1_000, 2_000, 4_000][attempt - 1]!;
          const delay = retry.delayMs(attempt, roll)!;
          expect(Math.abs(delay - base)).toBeLessThanOrEqual(base * 0.25 + 0.5);
        },
      ),
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('throws on attempt %s, which is a programming error', (attempt) => {
    expect(() => retryPolicy().delayMs(attempt, 0.5)).toThrow(RangeError);
  });
});

describe('linkPolicy', () => {
  it('A22: is by default 4 attempts within 120 s, slow retries every 30 s, 10 s to outlast', () => {
    const { retry, ...times } = defaultLinkPolicy;
    expect(retry.attempts).toBe(4);
    expect(times).toEqual({ episodeMs: 120_000, slowRetryMs: 30_000, stableMs: 10_000, renewAfterMs: 3_000 });
  });

  it.each([
    [1, [0]],
    [3, [0, 1_000, 2_000]],
    [7, [0, 1_000, 2_000, 4_000, 4_000, 4_000, 4_000]],
  ])('goes on with the last pause where %i attempts are more than there are pauses', (attempts, pauses) => {
    const { retry } = linkPolicy({ ...defaultRecovery, attempts });
    expect(pauses.map((_, index) => retry.delayMs(index + 1, 0.5))).toEqual(pauses);
    expect(retry.delayMs(attempts + 1, 0.5)).toBeNull();
  });
});
