import { describe, expect, it } from 'vitest';
import { decimalsOf, readNumber } from './read-number.ts';

const bounds = { min: 0, max: 2, step: 0.05 };

describe('readNumber', () => {
  it('takes points and commas', () => {
    expect([readNumber('1.25', bounds), readNumber(' 0,5 ', bounds)]).toEqual([1.25, 0.5]);
  });

  it('clamps to the bounds', () => {
    expect([readNumber('7', bounds), readNumber('-1', bounds)]).toEqual([2, 0]);
  });

  it('drops float dust', () => {
    expect(readNumber(String(0.1 + 0.2), bounds)).toBe(0.3);
  });

  it('waits while a text is no number', () => {
    expect(['', '-', 'abc', 'Infinity'].map((text) => readNumber(text, bounds))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('decimalsOf', () => {
  it('counts what a step needs', () => {
    expect([1, 10, 0.5, 0.05, 0.025, 0.001, 1e-7].map(decimalsOf)).toEqual([0, 0, 1, 2, 3, 3, 7]);
  });
});
