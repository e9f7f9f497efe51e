import { expect, it } from 'vitest';
import { FrameFigures } from './frame-figures.ts';

it('tells once a second how many frames there were, and what they cost in the median', () => {
  const figures = new FrameFigures();
  const told = Array.from({ length: 61 }, (_, index) =>
    figures.add(index % 3 === 0 ? 100 : 8, index % 3 === 0 ? 110 : 10, (index * 1000) / 30),
  ).filter((each) => each !== null);
  expect(told).toHaveLength(2);
  for (const each of told) {
    expect(each).toEqual({ fps: expect.closeTo(30, 5) as number, runMs: 8, frameMs: 10 });
  }
});

it('does not count a rest as a time without frames', () => {
  const figures = new FrameFigures();
  figures.add(8, 10, 0);
  figures.startAnew();
  expect(figures.add(8, 10, 60_000)).toBeNull();
  expect(figures.add(8, 10, 60_500)).toBeNull();
  expect(figures.add(8, 10, 61_000)?.fps).toBe(2);
});
