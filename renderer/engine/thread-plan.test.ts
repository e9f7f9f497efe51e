import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { threadPlan } from './thread-plan.ts';

describe('threadPlan', () => {
  it('leaves a light model on one thread, on any machine', () => {
    expect([1, 2, 4, 64].map((cores) => threadPlan(10, cores))).toEqual([1, 1, 1, 1]);
  });

  it('takes both cores of two for a model that is too slow for one', () => {
    expect([10.1, 15, 500].map((runMs) => threadPlan(runMs, 2))).toEqual([2, 2, 2]);
  });

  it('takes as many as the run time needs, and leaves a core for capture and display', () => {
    expect([15, 25, 35, 500].map((runMs) => threadPlan(runMs, 4))).toEqual([2, 3, 3, 3]);
    expect([15, 25, 35, 500].map((runMs) => threadPlan(runMs, 16))).toEqual([2, 3, 4, 4]);
  });

  it('stays within 1 to 4, and below the cores where there are three or more', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e5, noNaN: true }),
        fc.integer({ min: 1, max: 256 }),
        (ms, cores) => {
          const threads = threadPlan(ms, cores);
          expect(threads).toBeGreaterThanOrEqual(1);
          expect(threads).toBeLessThanOrEqual(Math.min(4, cores > 2 ? cores - 1 : cores));
        },
      ),
    );
  });
});
