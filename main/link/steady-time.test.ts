import { describe, expect, it } from 'vitest';
import type { LinkState } from '../../shared/link/state.ts';
import { SteadyTime } from './steady-time.ts';
import { systemClock } from './clock.ts';

function times() {
  const at = { wall: 1_700_000_000_000, running: 5_000.25 };
  const steady = new SteadyTime({ ...systemClock, now: () => at.wall, monotonic: () => at.running });
  return { at, steady };
}

const failed: LinkState = {
  phase: 'failed',
  fault: { kind: 'no-free-slot' },
  attempts: 4,
  nextAttemptAt: 1_030,
  stage: null,
  since: 1_000,
};

describe('steady time', () => {
  it('is the wall clock’s until that is set', () => {
    const { at, steady } = times();
    expect(steady.now()).toBe(at.wall);
    at.running += 250.5;
    expect(steady.now()).toBe(at.wall + 251);
    at.wall -= 3_600_000;
    expect(steady.now()).toBe(1_700_000_000_251);
  });

  it('shows the times of a state as the wall clock has them', () => {
    const { at, steady } = times();
    expect(steady.shown(failed)).toBe(failed);
    at.wall += 60_000;
    expect(steady.shown(failed)).toEqual({ ...failed, since: 61_000, nextAttemptAt: 61_030 });
    expect(steady.shown({ ...failed, nextAttemptAt: null })).toMatchObject({ nextAttemptAt: null });
    expect(steady.shown({ phase: 'idle' })).toEqual({ phase: 'idle' });
    expect(failed.since).toBe(1_000);
  });

  it('does not make a new state of every small correction', () => {
    const { at, steady } = times();
    at.wall += 400;
    expect(steady.shown(failed)).toBe(failed);
  });
});
