import { expect, it } from 'vitest';
import { type Picture, difference, openGraph, paint, texture } from '../fixtures/run-graph.ts';
import { palettes, stopsPerPalette } from './thermal-palettes.ts';
import { thermal } from './thermal.ts';

function reference({ width, height, data }: Picture, palette: number, gain: number): number[] {
  const n = width * height;
  const { stops } = palettes[palette]!;
  return Array.from({ length: 3 * n }, (_, index) => {
    const at = index % n;
    const channel = Math.floor(index / n);
    const heat = 0.5 * data[at]! + 0.4 * data[n + at]! + 0.1 * data[2 * n + at]!;
    const position = Math.min(1, Math.max(0, (heat - 0.5) * gain + 0.5)) * (stops.length - 1);
    const lower = Math.min(stops.length - 2, Math.floor(position));
    const share = position - lower;
    return stops[lower]![channel]! * (1 - share) + stops[lower + 1]![channel]! * share;
  });
}

it('looks colours up as a slow reference does, in every palette', async () => {
  const graph = await openGraph(thermal);
  const picture = texture(13, 9, 2);
  for (const palette of palettes.keys()) {
    for (const gain of [0.5, 1, 4]) {
      const { out } = await graph.run(picture, { palette, gain });
      expect(difference(out!, reference(picture, palette, gain))).toBeLessThan(1e-5);
    }
  }
});

it('has at least three palettes, all different, of the length that the table expects', () => {
  expect(palettes.length).toBeGreaterThanOrEqual(3);
  expect(new Set(palettes.map(({ stops }) => stops.join())).size).toBe(palettes.length);
  for (const { stops } of palettes) expect(stops).toHaveLength(stopsPerPalette);
});

it('is a smooth gradient: a step of 1/255 in brightness never jumps in colour', async () => {
  const graph = await openGraph(thermal);
  for (const palette of palettes.keys()) {
    const { out } = await graph.run(
      paint(256, 1, (x) => x / 255),
      { palette, gain: 1 },
    );
    for (let channel = 0; channel < 3; channel++) {
      const row = out!.subarray(channel * 256, (channel + 1) * 256);
      const largest = Math.max(...row.subarray(1).map((value, index) => Math.abs(value - row[index]!)));
      expect(largest).toBeLessThan(5 / 255);
    }
  }
});
