import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planarToRgbx } from './rgbx-from-planar.ts';
import { rgbxToPlanar } from './rgbx-to-planar.ts';

const side = fc.integer({ min: 1, max: 9 });
const scale = fc.constantFrom(1, 255);

it('takes every pixel apart into its colours, at every size and scale, and reads no further', () => {
  fc.assert(
    fc.property(
      side,
      side,
      scale,
      fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
      (w, h, white, bytes) => {
        const n = w * h;
        const packed = Uint8Array.from({ length: 4 * n + 5 }, () => bytes.next().value as number);
        const rgb = new Float32Array(3 * n);
        rgbxToPlanar(packed, rgb, n, white);
        for (let y = 0; y < h; y++) {
          for (let x = 0; x < w; x++) {
            for (const channel of [0, 1, 2]) {
              const expected = (packed[(y * w + x) * 4 + channel]! / 255) * white;
              expect(rgb[channel * n + y * w + x]! / white).toBeCloseTo(expected / white, 6);
            }
          }
        }
      },
    ),
  );
});

/** As the specification says it, a pixel and a channel at a time. */
function slowByte(value: number, white: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.round((Math.min(white, Math.max(0, value)) / white) * 255);
}

it('packs what a model may give as a slow reference does: clamped, rounded, NaN as 0', () => {
  const wild = fc.oneof(
    fc.double({ min: -0.5, max: 1.5, noNaN: true }),
    fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -0, 1, 0.5),
  );
  fc.assert(
    fc.property(side, side, scale, fc.infiniteStream(wild), (w, h, white, values) => {
      const n = w * h;
      const rgb = Float32Array.from({ length: 3 * n }, () => (values.next().value as number) * white);
      const packed = new Uint32Array(n);
      planarToRgbx(rgb, packed, n, white);
      const bytes = new Uint8Array(packed.buffer);
      for (let pixel = 0; pixel < n; pixel++) {
        for (const channel of [0, 1, 2]) {
          const value = rgb[channel * n + pixel]!;
          const difference = Math.abs(bytes[4 * pixel + channel]! - slowByte(value, white));
          // A half may go either way: the order of the operations decides it.
          const half = Math.abs((((value / white) * 255) % 1) - 0.5) < 1e-4;
          expect(difference).toBeLessThanOrEqual(half ? 1 : 0);
        }
        expect(bytes[4 * pixel + 3]).toBe(255);
      }
    }),
  );
});

it('brings every byte there and back unchanged', () => {
  const packed = Uint8Array.from({ length: 4 * 256 }, (_, index) => (index % 4 === 3 ? 255 : index >> 2));
  for (const white of [1, 255]) {
    const rgb = new Float32Array(3 * 256);
    rgbxToPlanar(packed, rgb, 256, white);
    const back = new Uint32Array(256);
    planarToRgbx(rgb, back, 256, white);
    expect([...new Uint8Array(back.buffer)]).toEqual([...packed]);
  }
});
