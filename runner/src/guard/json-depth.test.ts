import { expect, it } from 'vitest';
import { isWithinDepth } from './json-depth.ts';

it.each([
  ['1', 0, true],
  ['{}', 1, true],
  ['{"a":[1,{"b":2}]}', 3, true],
  ['{"a":[1,{"b":2}]}', 2, false],
  ['[[],[],[]]', 2, true],
  ['["[[[[["]', 1, true],
  [String.raw`["\"[[[["]`, 1, true],
  [String.raw`["\\",[]]`, 2, true],
  [String.raw`["\\",[]]`, 1, false],
  ['['.repeat(1_000_000), 32, false],
])('S13: %.20s within %i: %s', (json, depth, within) => {
  expect(isWithinDepth(json, depth)).toBe(within);
});
