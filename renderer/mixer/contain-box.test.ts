import fc from 'fast-check';
import { expect, it } from 'vitest';
import { containBox } from './contain-box.ts';

const target = { width: 640, height: 360 };

it('fills the output with a picture of its shape, also where rounding took a pixel', () => {
  const whole = { x: 0, y: 0, ...target };
  for (const source of [target, { width: 320, height: 180 }, { width: 426, height: 240 }])
    expect(containBox(source, target)).toEqual(whole);
});

it('puts bars at both sides, or above and below, of any other', () => {
  expect(containBox({ width: 512, height: 512 }, target)).toEqual({ x: 140, y: 0, width: 360, height: 360 });
  expect(containBox({ width: 640, height: 180 }, target)).toEqual({ x: 0, y: 90, width: 640, height: 180 });
});

it('never leaves the output', () => {
  const side = fc.integer({ min: 1, max: 4_000 });
  fc.assert(
    fc.property(side, side, side, side, (width, height, fullWidth, fullHeight) => {
      const box = containBox({ width, height }, { width: fullWidth, height: fullHeight });
      expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
      expect(Math.min(box.width, box.height)).toBeGreaterThan(0);
      expect(box.x + box.width).toBeLessThanOrEqual(fullWidth);
      expect(box.y + box.height).toBeLessThanOrEqual(fullHeight);
    }),
  );
});
