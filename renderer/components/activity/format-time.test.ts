import { describe, expect, it } from 'vitest';
import { formatSpan } from './format-time.ts';

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
