import { describe, expect, it } from 'vitest';
import { codeCells, decodeFrameNumber, encodeFrameNumber, frameNumbers } from './frame-code.ts';

const numbers = Array.from({ length: frameNumbers }, (_, number) => number);
const lumasOf = (cells: readonly boolean[]): number[] => cells.map((dark) => (dark ? 150 : 250));
const flipped = (cells: readonly boolean[], at: readonly number[]): boolean[] =>
  cells.map((dark, index) => (at.includes(index) ? !dark : dark));

describe('the code of a frame’s number', () => {
  it('reads as what was written, at any contrast', () => {
    for (const number of numbers) {
      const cells = encodeFrameNumber(number);
      expect(cells).toHaveLength(codeCells);
      expect(decodeFrameNumber(lumasOf(cells))).toBe(number);
      expect(decodeFrameNumber(cells.map((dark) => (dark ? 20 : 60)))).toBe(number);
    }
  });

  it('reads as nothing when one or two of its cells are misread', () => {
    const within = Array.from({ length: codeCells - 2 }, (_, index) => index + 1);
    for (const number of numbers)
      for (const one of within)
        for (const other of within)
          expect(decodeFrameNumber(lumasOf(flipped(encodeFrameNumber(number), [one, other])))).toBeNull();
  });

  it('is not found in a picture that has none', () => {
    for (const luma of [0, 128, 255])
      expect(decodeFrameNumber(Array.from({ length: codeCells }, () => luma))).toBeNull();
    // A shadow from left to right.
    expect(decodeFrameNumber(Array.from({ length: codeCells }, (_, index) => index * 15))).toBeNull();
    expect(decodeFrameNumber([])).toBeNull();
  });
});
