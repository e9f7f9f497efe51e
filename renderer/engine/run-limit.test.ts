import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pingMs, runSilentPings } from './defaults.ts';
import { RunLimit } from './run-limit.ts';

describe('a run that does not block', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  /** A limit, and what it has told so far. */
  function watched(): { limit: RunLimit; told: string[] } {
    const limit = new RunLimit();
    const told: string[] = [];
    void limit.exceeded.then((problem) => told.push(problem));
    return { limit, told };
  }

  it('is told of once it takes too long, and its value still comes', async () => {
    const { limit, told } = watched();
    const run = Promise.withResolvers<number>();
    const value = limit.within(() => run.promise);
    await vi.advanceTimersByTimeAsync(runSilentPings * pingMs - 1);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(told).toEqual(['A run took more than 3 s.']);
    run.resolve(7);
    expect(await value).toBe(7);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves nothing behind when it ends in time or fails', async () => {
    const { limit, told } = watched();
    expect(await limit.within(() => Promise.resolve(1))).toBe(1);
    await expect(limit.within(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
    expect(told).toEqual([]);
  });
});
