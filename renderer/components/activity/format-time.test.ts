import { describe, expect, it } from 'vitest';
import { formatClock, formatMoment, formatSpan } from './format-time.ts';

describe('formatMoment', () => {
  const now = new Date(2026, 10, 26, 9, 30).getTime();

  it('says the time of day of today, and the day as well of any other', () => {
    const today = new Date(2026, 10, 26, 0, 5).getTime();
    expect(formatMoment(today, now)).toBe(formatClock(today));
    const yesterday = new Date(2026, 10, 25, 23, 55).getTime();
    expect(formatMoment(yesterday, now)).toContain('25');
    expect(formatMoment(yesterday, now)).toContain(formatClock(yesterday).slice(0, 5));
  });
});

describe('formatSpan', () => {
  it.each([
    [0, '0 ms'],
    [340.4, '340 ms'],
    [999.6, '1.0 s'],
    [4_230, '4.2 s'],
    [9_960, '10 s'],
    [59_600, '1 min'],
    [185_000, '3 min 5 s'],
    [3_599_700, '1 h'],
    [7_800_000, '2 h 10 min'],
  ])('says %d ms as %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });
});
