import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverCrop } from './cover-crop.ts';

describe('coverCrop', () => {
  it('cuts the sides of a wide source evenly for a square target', () => {
    expect(coverCrop({ width: 1280, height: 720 }, { width: 512, height: 512 })).toEqual({
      x: 280,
      y: 0,
      width: 720,
      height: 720,
    });
  });

  it('cuts top and bottom of a tall source for a wide target', () => {
    expect(coverCrop({ width: 600, height: 800 }, { width: 640, height: 360 })).toEqual({
      x: 0,
      y: 231.25,
      width: 600,
      height: 337.5,
    });
  });

  it('takes all of a source of the same shape', () => {
    expect(coverCrop({ width: 640, height: 360 }, { width: 1280, height: 720 })).toEqual({
      x: 0,
      y: 0,
      width: 640,
      height: 360,
    });
  });

  it('keeps the aspect ratio, stays inside and touches two sides, whatever the sizes', () => {
    const length = fc.integer({ min: 1, max: 4096 });
    fc.assert(
      fc.property(length, length, length, length, (sw, sh, tw, th) => {
        const crop = coverCrop({ width: sw, height: sh }, { width: tw, height: th });
        expect(crop.width / crop.height).toBeCloseTo(tw / th, 6);
        expect(crop.x).toBeGreaterThanOrEqual(0);
        expect(crop.y).toBeGreaterThanOrEqual(0);
        expect(crop.x + crop.width).toBeLessThanOrEqual(sw + 1e-6);
        expect(crop.y + crop.height).toBeLessThanOrEqual(sh + 1e-6);
        expect(Math.min(sw - crop.width, sh - crop.height)).toBeCloseTo(0, 6);
      }),
    );
  });

  it('refuses lengths that are not above 0', () => {
    expect(() => coverCrop({ width: 0, height: 720 }, { width: 512, height: 512 })).toThrow(RangeError);
  });
});
