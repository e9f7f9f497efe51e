import { expect, it } from 'vitest';
import { logRate } from './defaults.ts';
import { logLines } from './log-lines.ts';

it('passes lines on until there are too many, and then says how many are missing', () => {
  let now = 0;
  const forClient = logLines(() => now);
  for (let line = 0; line < logRate.burst; line += 1) expect(forClient('a')).toEqual(['a']);
  expect(forClient('b')).toEqual([]);
  expect(forClient('c')).toEqual([]);
  now += 1000;
  expect(forClient('d')).toEqual(['(2 lines left out)', 'd']);
  expect(forClient('e')).toEqual(['e']);
});
