import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepLease, taken, type LeaseEffect, type LeaseEvent, type LeaseState } from './lease-state.ts';

/** Steps through events; gives the state after them and all effects. */
function run(...events: LeaseEvent[]): { state: LeaseState; effects: LeaseEffect[] } {
  let state: LeaseState = taken;
  const effects: LeaseEffect[] = [];
  for (const event of events) {
    const step = stepLease(state, event);
    ({ state } = step);
    effects.push(...step.effects);
  }
  return { state, effects };
}

const tokenSent: LeaseEvent = { type: 'token-sent' };
const lost: LeaseEvent = { type: 'signalling-ended', how: 'abnormal' };
const left: LeaseEvent = { type: 'signalling-ended', how: 'orderly' };
const resumed: LeaseEvent = { type: 'resumed' };
const graceOver: LeaseEvent = { type: 'grace-over' };

describe('A39: a session whose signalling ends', () => {
  it.each<[string, LeaseEvent[], LeaseState, LeaseEffect[]]>([
    [
      'ends when its client says goodbye',
      [tokenSent, left],
      { kind: 'ended', reason: 'left' },
      ['end-session'],
    ],
    ['ends when its client never got a token', [lost], { kind: 'ended', reason: 'left' }, ['end-session']],
    ['lingers when its client can come back', [tokenSent, lost], { kind: 'lingering' }, ['start-grace']],
    [
      'ends when nobody comes back',
      [tokenSent, lost, graceOver],
      { kind: 'ended', reason: 'grace-over' },
      ['start-grace', 'end-session'],
    ],
    [
      'goes on when its client is back',
      [tokenSent, lost, resumed],
      { kind: 'attached', resumable: true },
      ['start-grace', 'stop-grace'],
    ],
    [
      'dismisses whoever still has it',
      [tokenSent, resumed],
      { kind: 'attached', resumable: true },
      ['dismiss-holder'],
    ],
    [
      'ends at once when the runner says so, whoever has it',
      [tokenSent, lost, { type: 'revoked', reason: 'max-duration' }],
      { kind: 'ended', reason: 'max-duration' },
      ['start-grace', 'stop-grace', 'end-session'],
    ],
  ])('%s', (_name, events, state, effects) => {
    expect(run(...events)).toEqual({ state, effects });
  });
});

const anyEvent = fc.constantFrom<LeaseEvent>(tokenSent, lost, left, resumed, graceOver, {
  type: 'revoked',
  reason: 'drained',
});

it('ends once, whatever happens in whatever order, and never with a grace left running', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
      const { state, effects } = run(...events);
      const ends = effects.filter((effect) => effect === 'end-session').length;
      expect(ends).toBe(state.kind === 'ended' ? 1 : 0);
      const started = effects.filter((effect) => effect === 'start-grace').length;
      const stopped = effects.filter((effect) => effect === 'stop-grace').length;
      // A grace runs exactly while nobody has the session; one that has run out need not be stopped.
      const ranOut = state.kind === 'ended' && state.reason === 'grace-over' ? 1 : 0;
      expect(started - stopped - ranOut).toBe(state.kind === 'lingering' ? 1 : 0);
    }),
  );
});
