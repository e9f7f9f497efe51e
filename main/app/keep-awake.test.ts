import { expect, it } from 'vitest';
import { KeepAwake } from './keep-awake.ts';

it('A63: the screen stays on for a local picture too, with no link at all', () => {
  const calls: string[] = [];
  const awake = new KeepAwake({
    start: () => calls.push('start'),
    stop: () => calls.push('stop'),
  });
  awake.showing({ kind: 'local', since: 0, because: 'chosen' });
  awake.follow('live');
  awake.showing({ kind: 'cloud', since: 1 });
  expect(calls).toEqual(['start']);
  awake.follow('idle');
  expect(calls).toEqual(['start', 'stop']);
});

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
