import { describe, expect, it } from 'vitest';
import { slopeOf } from './slope.ts';

describe('the slope of a series', () => {
  it('is that of the line on which the points lie', () => {
    expect(slopeOf([1, 2, 5, 9].map((x) => ({ x, y: 7 - 3 * x })))).toBeCloseTo(-3, 10);
  });

  it('is not bent by noise to either side', () => {
    const points = Array.from({ length: 100 }, (_, x) => ({ x, y: 2 * x + (x % 2 === 0 ? 5 : -5) }));
    expect(slopeOf(points)).toBeCloseTo(2, 1);
  });

  it.each([
    ['without points', []],
    ['with one', [{ x: 1, y: 9 }]],
    ['with all at one time', [1, 2, 3].map((y) => ({ x: 4, y }))],
  ])('is none %s', (_, points) => {
    expect(slopeOf(points)).toBe(0);
  });
});
