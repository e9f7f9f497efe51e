import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { defaultRecovery, recoveryRanges, recoverySettings, type RecoveryKey } from './recovery-settings.ts';
import { linkPolicy } from './retry-policy.ts';

const keys = Object.keys(recoveryRanges) as RecoveryKey[];
const accepts = (settings: unknown): boolean => v.safeParse(recoverySettings, settings).success;
/** A deadline that goes with any interval of pings. */
const patient = { livenessMs: recoveryRanges.livenessMs.max };

describe('recoverySettings', () => {
  it('A2, A22: has the documented defaults when nothing is said', () => {
    expect(defaultRecovery).toEqual({
      pingIntervalMs: 4_000,
      livenessMs: 9_000,
      dialMs: 10_000,
      mediaSilenceMs: 1_000,
      attempts: 4,
      episodeMs: 120_000,
      slowRetryMs: 30_000,
      stableMs: 10_000,
    });
  });

  it('takes any subset, with the defaults for what is missing', () => {
    const subset = v.parse(recoverySettings, { attempts: 2, slowRetryMs: 5_000 });
    expect(subset).toEqual({ ...defaultRecovery, attempts: 2, slowRetryMs: 5_000 });
  });

  it.each(keys)(
    'takes %s within its range and refuses it beyond, in parts, and as anything but a number',
    (key) => {
      const { min, max, default: standard } = recoveryRanges[key];
      const others = key === 'livenessMs' ? { pingIntervalMs: recoveryRanges.pingIntervalMs.min } : patient;
      const withValue = (value: unknown) => ({ ...others, [key]: value });
      expect(standard).toBeGreaterThanOrEqual(min);
      expect(standard).toBeLessThanOrEqual(max);
      for (const value of [min, max, standard]) expect(accepts(withValue(value))).toBe(true);
      for (const value of [min - 1, max + 1, min + 0.5, Number.NaN, Infinity, `${standard}`, null])
        expect(accepts(withValue(value))).toBe(false);
    },
  );

  it('refuses what it does not know, so that a mistyped name is noticed', () => {
    expect(accepts({ atempts: 2 })).toBe(false);
    for (const nothing of [null, 'attempts', 4]) expect(accepts(nothing)).toBe(false);
  });

  it('A10: refuses a deadline that one late pong would pass', () => {
    expect(accepts({ pingIntervalMs: 4_500, livenessMs: 9_000 })).toBe(true);
    expect(accepts({ pingIntervalMs: 4_501, livenessMs: 9_000 })).toBe(false);
    expect(accepts({ pingIntervalMs: 10_000 })).toBe(false);
  });

  it('makes a policy of whatever it takes', () => {
    const whole = (key: RecoveryKey) => fc.integer(recoveryRanges[key]);
    const numbers = fc.record({
      attempts: whole('attempts'),
      episodeMs: whole('episodeMs'),
      slowRetryMs: whole('slowRetryMs'),
      stableMs: whole('stableMs'),
    });
    fc.assert(
      fc.property(numbers, (some) => {
        const policy = linkPolicy(v.parse(recoverySettings, some));
        expect(policy).toMatchObject({ retry: { attempts: some.attempts }, episodeMs: some.episodeMs });
        expect(policy).toMatchObject({ slowRetryMs: some.slowRetryMs, stableMs: some.stableMs });
        expect(policy.retry.delayMs(some.attempts, 0.5)).not.toBeNull();
        expect(policy.retry.delayMs(some.attempts + 1, 0.5)).toBeNull();
      }),
    );
  });
});

it('is documented with the defaults and ranges that hold', () => {
  const text = readFileSync(path.join(import.meta.dirname, '../../docs/recovery.md'), 'utf8');
  const rows = Object.entries(recoveryRanges).map(([key, { default: standard, min, max }]) => {
    const figure = (value: number): string => value.toLocaleString('en-US');
    const row = text.split('\n').find((line) => line.startsWith(`| \`${key}\``)) ?? '';
    return {
      key,
      isThere: row.includes(`${figure(standard)} |`) && row.includes(`${figure(min)}–${figure(max)}`),
    };
  });
  expect(rows.filter(({ isThere }) => !isThere)).toEqual([]);
});
