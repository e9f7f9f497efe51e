import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Planes, resample } from './resample.ts';

function planes(
  width: number,
  height: number,
  value: (x: number, y: number, plane: number) => number,
): Planes {
  const data = Float32Array.from({ length: 3 * width * height }, (_, index) => {
    const pixel = index % (width * height);
    return value(pixel % width, Math.floor(pixel / width), Math.floor(index / (width * height)));
  });
  return { data, width, height };
}

const whole = ({ width, height }: Planes): { x: number; y: number; width: number; height: number } => ({
  x: 0,
  y: 0,
  width,
  height,
});

it('keeps a picture of the same size exactly', () => {
  const source = planes(5, 4, (x, y, plane) => x + 10 * y + 100 * plane);
  const target = planes(5, 4, () => -1);
  resample(source, whole(source), target, whole(target));
  expect([...target.data]).toEqual([...source.data]);
});

it('halves by a mean over the neighbourhood, and doubles in a straight line', () => {
  const wide = planes(4, 1, (x) => x);
  const half = planes(2, 1, () => -1);
  resample(wide, whole(wide), half, whole(half));
  // Triangle of reach 2 around 0.5 and 2.5, cut off at the rims: weights 3, 3, 1 of 7 from the rim inwards.
  expect(half.data[0]).toBeCloseTo((1 * 3 + 2 * 1) / 7, 5);
  expect(half.data[1]).toBeCloseTo((1 * 1 + 2 * 3 + 3 * 3) / 7, 5);

  const two = planes(2, 1, (x) => x);
  const four = planes(4, 1, () => -1);
  resample(two, whole(two), four, whole(four));
  expect([...four.data.subarray(0, 4)]).toEqual([0, 0.25, 0.75, 1]);
});

it('never leaves the range of its source, and keeps an even picture even, whatever the sizes', () => {
  const side = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(side, side, side, side, (w, h, w2, h2) => {
      const source = planes(w, h, (x, y, plane) => (plane === 0 ? 0.5 : ((x * 7 + y * 5) % 11) / 10));
      const target = planes(w2, h2, () => Number.NaN);
      resample(source, whole(source), target, whole(target));
      target.data.forEach((value, index) => {
        if (index < w2 * h2) expect(value).toBeCloseTo(0.5, 5);
        expect(value).toBeGreaterThanOrEqual(-1e-5);
        expect(value).toBeLessThanOrEqual(1 + 1e-5);
      });
    }),
  );
});

it('reads and writes only the areas it is given', () => {
  const source = planes(4, 4, (x, y) => (x >= 1 && x < 3 && y >= 1 && y < 3 ? 1 : 9));
  const target = planes(5, 5, () => 0);
  resample(source, { x: 1, y: 1, width: 2, height: 2 }, target, { x: 1, y: 2, width: 3, height: 2 });
  const filled = [...target.data.subarray(0, 25)];
  expect(filled.filter((value) => value === 1)).toHaveLength(6);
  expect(filled.filter((value) => value === 0)).toHaveLength(19);
});
