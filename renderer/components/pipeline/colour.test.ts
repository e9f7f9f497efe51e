import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexToRgb, rgbToHex } from './colour.ts';

describe('colours', () => {
  it('names red, and clamps what lies outside', () => {
    expect(rgbToHex([1, 0, 0])).toBe('#ff0000');
    expect(rgbToHex([2, -1, 0.5])).toBe('#ff0080');
    expect(hexToRgb('#ff0000')).toEqual([1, 0, 0]);
  });

  it('survives the way there and back for every colour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const hex = `#${number.toString(16).padStart(6, '0')}`;
        expect(rgbToHex(hexToRgb(hex))).toBe(hex);
      }),
    );
  });

  it('refuses what is no colour', () => {
    expect(() => hexToRgb('red')).toThrow(RangeError);
  });
});
