import { describe, expect, it } from 'vitest';
import { formatBytes, formatElapsed } from './format-recording.ts';

describe('figures of a recording', () => {
  it.each([
    [-5, '0:00'],
    [999, '0:00'],
    [7_000, '0:07'],
    [760_000, '12:40'],
    [3_723_000, '1:02:03'],
  ])('%i ms are %s', (ms, text) => expect(formatElapsed(ms)).toBe(text));

  it.each([
    [0, '0 MB'],
    [40_000, '0.0 MB'],
    [3_440_000, '3.4 MB'],
    [120_400_000, '120 MB'],
    [999_400_000, '999 MB'],
    [1_254_000_000, '1.25 GB'],
  ])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});
