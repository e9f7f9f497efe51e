import { expect, it } from 'vitest';
import { KeepAwake } from './keep-awake.ts';

it('the screen stays on while the link is up, and only then', () => {
  const calls: string[] = [];
  let next = 7;
  const awake = new KeepAwake({
    start: (type) => {
      calls.push(`start ${type}`);
      next += 1;
      return next;
    },
    stop: (id) => calls.push(`stop ${id}`),
  });
  for (const phase of [
    'idle',
    'connecting',
    'live',
    'degraded',
    'live',
    'recovering',
    'failed',
    'live',
    'idle',
  ] as const)
    awake.follow(phase);
  expect(calls).toEqual(['start prevent-display-sleep', 'stop 8', 'start prevent-display-sleep', 'stop 9']);
});
