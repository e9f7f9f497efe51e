import { expect, it } from 'vitest';
import { alive, stepLiveness, type Liveness, type LivenessTick } from './liveness.ts';

const onTime: LivenessTick = { heard: false, elapsedMs: 5000, intervalMs: 5000, silentIntervals: 3 };

/** Steps through ticks and gives the actions. */
function run(...ticks: Partial<LivenessTick>[]): string[] {
  let state: Liveness = alive;
  return ticks.map((tick) => {
    const step = stepLiveness(state, { ...onTime, ...tick });
    state = step.state;
    return step.action;
  });
}

it('A7: lets a client go after three silent intervals', () => {
  expect(run({}, {}, {})).toEqual(['ping', 'ping', 'evict']);
});

it('A8: any byte starts the count again', () => {
  expect(run({}, {}, { heard: true }, {}, {}, {})).toEqual(['ping', 'ping', 'ping', 'ping', 'ping', 'evict']);
});

it('A11: an interval through which this process was blocked is not held against the client', () => {
  expect(run({}, {}, { elapsedMs: 20_000 }, {})).toEqual(['ping', 'ping', 'ping', 'evict']);
  expect(run({}, {}, { elapsedMs: 8000 }, {})).toEqual(['ping', 'ping', 'ping', 'evict']);
  // A timer that is a little late is any timer.
  expect(run({}, {}, { elapsedMs: 5200 })).toEqual(['ping', 'ping', 'evict']);
});
