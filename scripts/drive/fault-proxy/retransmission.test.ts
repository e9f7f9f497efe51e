import { describe, expect, it } from 'vitest';
import { retransmissionMs } from './retransmission.ts';
import { seededRandom } from './seeded-random.ts';

/** Chance that is decided: true for each transmission that is lost. */
function fate(...lost: boolean[]): () => number {
  const left = [...lost];
  return () => (left.shift() ? 0 : 0.99);
}

const poor = { loss: 0.2, rtoMs: 200 };

describe('retransmissionMs', () => {
  it.each<[string, boolean[], number]>([
    ['arrives at once', [false], 0],
    ['is sent again', [true, false], 200],
    ['is lost three times', [true, true, true, false], 200 + 400 + 800],
  ])('a segment that %s', (_what, lost, lateMs) => {
    expect(retransmissionMs(poor, 100, fate(...lost))).toBe(lateMs);
  });

  it('bytes of several segments wait for the one that was lost most often', () => {
    const lost = [false, true, true, false, true, false];
    expect(retransmissionMs(poor, 3 * 1_448, fate(...lost))).toBe(600);
  });

  it('loses as many as it should', () => {
    const random = seededRandom(1);
    const late = Array.from({ length: 20_000 }, () => retransmissionMs(poor, 1, random));
    expect(late.filter((ms) => ms > 0).length / late.length).toBeCloseTo(0.2, 1);
    expect(late.filter((ms) => ms > 200).length / late.length).toBeCloseTo(0.04, 2);
  });

  it('asks chance for nothing where nothing is lost', () => {
    expect(retransmissionMs({ loss: 0, rtoMs: 200 }, 10_000, () => expect.fail('asked'))).toBe(0);
  });
});

describe('seededRandom', () => {
  it('is the same for the same seeds and different for others', () => {
    const draw = (...seeds: number[]) => Array.from({ length: 5 }, seededRandom(...seeds));
    expect(draw(1, 2)).toEqual(draw(1, 2));
    expect(new Set([draw(1, 2), draw(2, 1), draw(1), draw(2)].map(String)).size).toBe(4);
    expect(draw(1, 2).every((value) => value >= 0 && value < 1)).toBe(true);
  });
});
