import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameSize } from '../../shared/settings/schema.ts';
import { climbAfterFrames, ladderRuns } from './defaults.ts';
import { QualityLadder } from './quality-ladder.ts';

const budget = {
  sizes: [
    [512, 512],
    [384, 384],
    [256, 256],
  ] as [number, number][],
  targetMs: 22,
};
const square: FrameSize = { width: 512, height: 512 };

/** Feeds frames that cost what `cost` says of the present size; gives the number of changes. */
function play(ladder: QualityLadder, frames: number, cost: (pixels: number) => number): number {
  let changes = 0;
  for (let frame = 0; frame < frames; frame += 1) {
    const { width, height } = ladder.quality.size;
    if (ladder.ran(cost(width * height))) changes += 1;
  }
  return changes;
}

describe('QualityLadder', () => {
  it('begins with all of the source, and stays there while frames are in time', () => {
    const ladder = new QualityLadder(budget, square);
    expect(play(ladder, 1000, () => 22)).toBe(0);
    expect(ladder.quality).toEqual({ size: square, everySecond: false, tooHeavy: false });
  });

  it('gives up size, then every second frame, then says that the model is too heavy', () => {
    const ladder = new QualityLadder(budget, square);
    const seen = Array.from({ length: 6 }, () => {
      const { size, everySecond, tooHeavy } = ladder.quality;
      play(ladder, ladderRuns, () => 50);
      return `${size.width}${everySecond ? ' every second' : ''}${tooHeavy ? ' too heavy' : ''}`;
    });
    const last = '256 every second too heavy';
    expect(seen).toEqual(['512', '384', '256', '256 every second', last, last]);
  });

  it('lets a frame take twice as long where every second is left out', () => {
    const ladder = new QualityLadder(budget, square);
    play(ladder, 1000, () => 40);
    expect(ladder.quality).toMatchObject({ everySecond: true, tooHeavy: false });
  });

  it('changes nothing for a stutter of fewer than half of the frames', () => {
    const ladder = new QualityLadder(budget, square);
    let frame = 0;
    expect(play(ladder, 3000, () => (frame++ % ladderRuns < ladderRuns / 2 - 1 ? 500 : 10))).toBe(0);
  });

  it('goes up again when the better size is predicted to be well within the target', () => {
    const ladder = new QualityLadder(budget, square);
    play(ladder, ladderRuns, () => 30);
    expect(ladder.quality.size.width).toBe(384);
    // 9.5 ms at 384² are 16.9 ms at 512², over 70 % of 22 ms; 8 ms are 14.2.
    expect(play(ladder, 67 * ladderRuns, () => 9.5)).toBe(0);
    play(ladder, ladderRuns, () => 8);
    expect(ladder.quality.size).toEqual(square);
  });

  it('comes all the way back once the machine is free, one step at a time', () => {
    const ladder = new QualityLadder(budget, square);
    play(ladder, 1000, () => 500);
    expect(ladder.quality.tooHeavy).toBe(true);
    expect(play(ladder, climbAfterFrames, () => 1)).toBe(1);
    expect(ladder.quality).toMatchObject({ everySecond: true, tooHeavy: false });
    play(ladder, 3 * climbAfterFrames, () => 1);
    expect(ladder.quality).toEqual({ size: square, everySecond: false, tooHeavy: false });
  });

  it('is back within seconds of a short stutter, also where an hour of heavy load made it slow to try', () => {
    const ladder = new QualityLadder(budget, square);
    play(ladder, ladderRuns, () => 500);
    // Busy again with each step up.
    for (let times = 0; times < 10; times += 1) {
      while (ladder.quality.size.width < 512) play(ladder, ladderRuns, () => 1);
      play(ladder, ladderRuns, () => 500);
    }
    play(ladder, 700 * ladderRuns, () => 1);
    expect(ladder.quality).toEqual({ size: square, everySecond: false, tooHeavy: false });
    play(ladder, 2 * ladderRuns, () => 500);
    expect(ladder.quality.size.width).toBe(256);
    play(ladder, 2 * climbAfterFrames, () => 1);
    expect(ladder.quality.size).toEqual(square);
  });

  it('settles for a model whose cost follows its pixels, whatever it is', () => {
    const milliseconds = fc.double({ min: 0, max: 200, noNaN: true });
    fc.assert(
      fc.property(milliseconds, milliseconds, (base, atFullSize) => {
        const ladder = new QualityLadder(budget, square);
        const cost = (pixels: number): number => base + (atFullSize * pixels) / (512 * 512);
        expect(play(ladder, 300, cost)).toBeLessThanOrEqual(4);
        expect(play(ladder, 20_000, cost)).toBe(0);
      }),
    );
  });

  it('tries again ever less often where a larger size costs more than its pixels', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 12, noNaN: true }), (power) => {
        const ladder = new QualityLadder(budget, square);
        const cost = (pixels: number): number => 60 * (pixels / (512 * 512)) ** power;
        // An hour: twelve tries of five minutes, those before, and the way down.
        expect(play(ladder, 108_000, cost)).toBeLessThanOrEqual(2 * 18 + 4);
      }),
      { numRuns: 20 },
    );
  });

  it('changes at most once in 30 frames, and in one step, whatever the times', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 600 }), (times) => {
        const ladder = new QualityLadder(budget, square);
        let lastChange = -ladderRuns;
        for (const [frame, ms] of times.entries()) {
          if (!ladder.ran(ms)) continue;
          expect(frame - lastChange).toBeGreaterThanOrEqual(ladderRuns);
          lastChange = frame;
        }
      }),
    );
  });

  it('starts at the top of a new source when nothing was given up', () => {
    const ladder = new QualityLadder(budget, { width: 256, height: 256 });
    expect(ladder.resized({ width: 640, height: 360 })).toBe(true);
    expect(ladder.quality.size).toEqual({ width: 640, height: 360 });
    expect(ladder.resized({ width: 640, height: 360 })).toBe(false);
  });

  it('asks no more of the machine for a new source than before, once something was given up', () => {
    const ladder = new QualityLadder(budget, square);
    play(ladder, ladderRuns, () => 30);
    expect(ladder.resized({ width: 1280, height: 720 })).toBe(true);
    const { width, height } = ladder.quality.size;
    expect(width * height).toBeLessThanOrEqual(384 * 384);
    play(ladder, 3 * ladderRuns, () => 500);
    ladder.resized(square);
    expect(ladder.quality.tooHeavy).toBe(true);
  });
});
