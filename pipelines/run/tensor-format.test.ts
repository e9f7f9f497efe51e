import { expect, it } from 'vitest';
import type { ImageFormat } from '../manifest.ts';
import { isPlanarRgb, packPixels, tensorBuffer, tensorDims, unpackPixels } from './tensor-format.ts';

/** Two pixels: (0.1, 0.2, 0.3) and (0.4, 0.5, 0.6). */
const rgb = Float32Array.of(0.1, 0.4, 0.2, 0.5, 0.3, 0.6);
const plain: ImageFormat = { layout: 'NCHW', type: 'float32', channels: 'RGB', scale: 1 };

function packed(format: ImageFormat, source = rgb): number[] {
  const target = tensorBuffer(format, 2);
  packPixels(source, 2, format, target);
  return [...target].map((value) => Math.round(value * 10_000) / 10_000);
}

it('knows the format that needs no copy', () => {
  expect(isPlanarRgb(plain)).toBe(true);
  expect(isPlanarRgb({ ...plain, mean: [0.5] })).toBe(false);
  expect(isPlanarRgb({ ...plain, layout: 'NHWC' })).toBe(false);
});

it('orders channels and pixels as the format says', () => {
  expect(tensorDims({ ...plain, layout: 'NHWC', channels: 'RGBA' }, 2, 1)).toEqual([1, 1, 2, 4]);
  expect(packed({ ...plain, layout: 'NHWC' })).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
  expect(packed({ ...plain, channels: 'BGR' })).toEqual([0.3, 0.6, 0.2, 0.5, 0.1, 0.4]);
  expect(packed({ ...plain, layout: 'NHWC', channels: 'RGBA' })).toEqual([
    0.1, 0.2, 0.3, 1, 0.4, 0.5, 0.6, 1,
  ]);
  expect(packed({ ...plain, channels: 'Y' })).toEqual([0.1815, 0.4815]);
});

it('applies mean and deviation per channel, or one for all', () => {
  expect(packed({ ...plain, mean: [0.1, 0.2, 0.3], std: [0.5, 0.25, 0.1] })).toEqual([0, 0.6, 0, 1.2, 0, 3]);
  expect(packed({ ...plain, mean: [0.5], std: [0.5] })).toEqual([-0.8, -0.2, -0.6, 0, -0.4, 0.2]);
});

it('rounds and clamps to bytes instead of wrapping around', () => {
  const wild = Float32Array.of(-4, 300, 127.6, 0, 255, 1);
  expect(packed({ ...plain, type: 'uint8', scale: 255 }, wild)).toEqual([0, 255, 128, 0, 255, 1]);
});

it.each<[string, Partial<ImageFormat>]>([
  ['BGR, NHWC', { channels: 'BGR', layout: 'NHWC' }],
  ['RGBA', { channels: 'RGBA' }],
  ['mean and deviation', { mean: [0.4, 0.5, 0.6], std: [0.2, 0.3, 0.4] }],
])('takes back what it packed: %s', (_, change) => {
  const format = { ...plain, ...change };
  const target = tensorBuffer(format, 2);
  packPixels(rgb, 2, format, target);
  const back = new Float32Array(6);
  unpackPixels(target, 2, format, back);
  back.forEach((value, index) => expect(value).toBeCloseTo(rgb[index]!, 5));
});

it('shows one channel as grey', () => {
  const back = new Float32Array(6);
  unpackPixels(Float32Array.of(0.25, 0.75), 2, { ...plain, channels: 'Y' }, back);
  expect([...back]).toEqual([0.25, 0.75, 0.25, 0.75, 0.25, 0.75]);
});
