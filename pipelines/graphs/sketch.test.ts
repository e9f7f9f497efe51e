import { expect, it } from 'vitest';
import { type Picture, difference, openGraph, paint, texture } from '../fixtures/run-graph.ts';
import { sketch } from './sketch.ts';

const defaults = { strength: 1, threshold: 0.04, ink: [0.1, 0.2, 0.3], paper: [0.9, 0.8, 0.7] };

/** Straight from the words: blur, Sobel, threshold, ink over paper; the rim is repeated. */
function reference({ width, height, data }: Picture, values: typeof defaults): number[] {
  const n = width * height;
  const brightness = (x: number, y: number): number => {
    const at = Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x));
    return 0.299 * data[at]! + 0.587 * data[n + at]! + 0.114 * data[2 * n + at]!;
  };
  const blurred = (x: number, y: number): number => {
    let sum = 0;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++)
        sum += (brightness(x + dx, y + dy) * (2 - Math.abs(dx)) * (2 - Math.abs(dy))) / 16;
    }
    return sum;
  };
  const out: number[] = [];
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let gx = 0;
        let gy = 0;
        for (let d = -1; d <= 1; d++) {
          gx += (2 - Math.abs(d)) * (blurred(x + 1, y + d) - blurred(x - 1, y + d));
          gy += (2 - Math.abs(d)) * (blurred(x + d, y + 1) - blurred(x + d, y - 1));
        }
        const steepness = Math.hypot(gx, gy) / 3;
        const coverage = Math.min(1, Math.max(0, (steepness - values.threshold) * values.strength * 4));
        out.push(values.paper[channel]! + coverage * (values.ink[channel]! - values.paper[channel]!));
      }
    }
  }
  return out;
}

it('draws what a slow reference draws', async () => {
  const graph = await openGraph(sketch);
  for (const [width, height] of [
    [16, 12],
    [7, 5],
    [1, 1],
  ] as const) {
    const picture = texture(width, height, 3);
    const { out } = await graph.run(picture, defaults);
    expect(difference(out!, reference(picture, defaults))).toBeLessThan(1e-5);
  }
});

it('leaves even areas and the rim as paper, and puts full ink on a hard edge', async () => {
  const graph = await openGraph(sketch);
  const { out } = await graph.run(
    paint(16, 8, (x) => (x < 8 ? 0 : 1)),
    defaults,
  );
  const red = (x: number, y: number): number => out![y * 16 + x]!;
  expect(red(0, 0)).toBeCloseTo(0.9, 5);
  expect(red(15, 7)).toBeCloseTo(0.9, 5);
  expect(red(7, 4)).toBeCloseTo(0.1, 5);
  expect(red(8, 4)).toBeCloseTo(0.1, 5);
});

it('obeys each parameter at the next run of the same session', async () => {
  const graph = await openGraph(sketch);
  const picture = texture(12, 12, 1);
  const ink = async (values: Partial<typeof defaults>): Promise<number> => {
    const { out } = await graph.run(picture, { ...defaults, ...values });
    return out!.reduce((sum, value) => sum + value, 0);
  };
  const base = await ink({});
  expect(await ink({ strength: 0 })).toBeCloseTo(144 * (0.9 + 0.8 + 0.7), 2);
  expect(await ink({ strength: 2 })).toBeLessThan(base);
  expect(await ink({ threshold: 0.3 })).toBeGreaterThan(base);
  expect(await ink({ ink: [0, 0, 0] })).toBeLessThan(base);
  expect(await ink({ paper: [1, 1, 1] })).toBeGreaterThan(base);
});
