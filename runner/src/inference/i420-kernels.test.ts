import fc from 'fast-check';
import { expect, it } from 'vitest';
import { colourAt, flatFrame } from './fixtures/frames.ts';
import { type I420Frame, assertFrame, chromaSide, i420Size } from './i420-frame.ts';
import { i420ToRgb } from './i420-to-rgb.ts';
import { rgbToI420 } from './rgb-to-i420.ts';

/** Random frames of all small sizes, odd ones too. */
const frames: fc.Arbitrary<I420Frame> = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain(({ width, height }) => {
    const length = i420Size(width, height);
    return fc.uint8Array({ minLength: length, maxLength: length }).map((data) => ({ width, height, data }));
  });

it('turns I420 into the colours of the textbook formula, at every size and scale', () => {
  fc.assert(
    fc.property(frames, fc.constantFrom(1, 255), (frame, scale) => {
      const { width, height } = frame;
      const n = width * height;
      const rgb = new Float32Array(3 * n);
      i420ToRgb(frame, rgb, scale);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          colourAt(frame, x, y).forEach((expected, channel) => {
            const actual = (rgb[channel * n + y * width + x]! / scale) * 255;
            expect(actual).toBeCloseTo(expected, 2);
          });
        }
      }
    }),
  );
});

/** Pixel by pixel, with means over whatever part of a block exists. */
function slowI420(rgb: Float32Array, width: number, height: number): number[] {
  const n = width * height;
  const share = (value: number): number => (Number.isNaN(value) ? 0 : Math.min(1, Math.max(0, value)));
  const colour = (x: number, y: number): number[] =>
    [0, n, 2 * n].map((plane) => share(rgb[plane + y * width + x]!));
  const brightness = ([red, green, blue]: number[]): number => 0.299 * red! + 0.587 * green! + 0.114 * blue!;
  const planes: [number[], number[], number[]] = [[], [], []];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) planes[0].push(16 + 219 * brightness(colour(x, y)));
  }
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const xs = [x, x + 1].filter((column) => column < width);
      const block = [y, y + 1]
        .filter((row) => row < height)
        .flatMap((row) => xs.map((column) => colour(column, row)));
      const mean = [0, 1, 2].map((c) => block.reduce((sum, pixel) => sum + pixel[c]!, 0) / block.length);
      planes[1].push(128 + (224 * (mean[2]! - brightness(mean))) / 1.772);
      planes[2].push(128 + (224 * (mean[0]! - brightness(mean))) / 1.402);
    }
  }
  return planes.flat();
}

it('turns RGB into I420 as a slow reference does, clamping what a model may give, NaN included', () => {
  const wild = fc.oneof(fc.double({ min: -0.5, max: 1.5 }), fc.constantFrom(Number.NaN, Infinity, -Infinity));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 7 }),
      fc.infiniteStream(wild),
      (w, h, values) => {
        const rgb = Float32Array.from({ length: 3 * w * h }, () => values.next().value as number);
        const frame = { width: w, height: h, data: new Uint8Array(i420Size(w, h)) };
        rgbToI420(rgb, 1, frame);
        slowI420(rgb, w, h).forEach((expected, index) => {
          expect(Math.abs(frame.data[index]! - expected)).toBeLessThanOrEqual(0.51);
        });
      },
    ),
  );
});

it('takes white as 255 when that is the scale', () => {
  const frame = { width: 2, height: 2, data: new Uint8Array(6) };
  rgbToI420(new Float32Array(12).fill(255), 255, frame);
  expect([...frame.data]).toEqual([235, 235, 235, 235, 128, 128]);
});

it('brings colours there and back within 1 of 255 steps of I420, at even and odd sizes', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const side = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(side, side, fc.tuple(byte, byte, byte), (width, height, colour) => {
      const frame = flatFrame(width, height, colour);
      const rgb = new Float32Array(3 * width * height);
      i420ToRgb(frame, rgb, 1);
      const back = { width, height, data: new Uint8Array(frame.data.length) };
      rgbToI420(rgb, 1, back);
      frame.data.forEach((value, index) =>
        expect(Math.abs(back.data[index]! - value)).toBeLessThanOrEqual(1),
      );
    }),
  );
});

it('refuses a frame whose data does not fill its planes', () => {
  expect(chromaSide(5)).toBe(3);
  expect(() => assertFrame({ width: 5, height: 3, data: new Uint8Array(15 + 12) })).not.toThrow();
  expect(() => assertFrame({ width: 5, height: 3, data: new Uint8Array(15 + 11) })).toThrow(
    '27 bytes, not 26',
  );
  expect(() => assertFrame({ width: 0, height: 3, data: new Uint8Array() })).toThrow(RangeError);
});
