import { describe, expect, it } from 'vitest';
import type { PageRecord } from '../drive/watch-page.ts';
import { measureFault } from './measure-fault.ts';

const causedAt = 10_010;
/** 30 frames a second until 90 ms after the fault, and again from `backAt` on. */
function record(backAt: number, phases: PageRecord['phases']): Pick<PageRecord, 'frameTimes' | 'phases'> {
  const all = Array.from({ length: 600 }, (_, index) => index * (1000 / 30));
  return { frameTimes: all.filter((at) => at < 10_100 || at >= backAt), phases };
}

describe('the figures of a fault', () => {
  it('count from the fault to its notice, to the next picture, and what was missed', () => {
    const seen = record(12_000, [
      { at: 2_000, phase: 'live' },
      { at: 10_040, phase: 'recovering' },
      { at: 11_990, phase: 'live' },
    ]);
    const figures = measureFault('socket cut', causedAt, seen);
    expect(figures).toEqual({
      name: 'socket cut',
      detectedMs: 30,
      recoveredMs: 1_990,
      pictureStoodMs: 1_933,
      framesMissed: 57,
    });
  });

  it('count nothing as missed when the picture went on', () => {
    const seen = record(10_100, [
      { at: 10_040, phase: 'recovering' },
      { at: 10_500, phase: 'live' },
    ]);
    const { pictureStoodMs, framesMissed } = measureFault('socket cut', causedAt, seen);
    expect(pictureStoodMs).toBeLessThan(40);
    expect(framesMissed).toBeLessThanOrEqual(1);
  });

  it('say so when nothing was noticed', () => {
    const figures = measureFault('socket cut', causedAt, record(10_100, [{ at: 2_000, phase: 'live' }]));
    expect(figures).toMatchObject({ detectedMs: null, recoveredMs: null });
  });

  it('say so when the picture did not come back', () => {
    const seen = record(Infinity, [
      { at: 2_000, phase: 'live' },
      { at: 10_040, phase: 'recovering' },
    ]);
    expect(measureFault('runner killed', causedAt, seen)).toMatchObject({
      detectedMs: 30,
      recoveredMs: null,
    });
  });

  it('do not take a live link without a new picture for a recovery', () => {
    const seen = record(Infinity, [
      { at: 10_040, phase: 'recovering' },
      { at: 11_000, phase: 'live' },
    ]);
    expect(measureFault('runner killed', causedAt, seen).recoveredMs).toBeNull();
  });
});
