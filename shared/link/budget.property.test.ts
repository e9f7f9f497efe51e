import { describe, expect, it } from 'vitest';
import { cureOf } from './cure.ts';
import { forAllOrders } from './fixtures/for-all-orders.ts';
import type { Step } from './fixtures/link-world.ts';
import { dueAt, held, nothingSpent, type LinkMachine, type Spent } from './machine.ts';
import type { Strategy } from './strategy.ts';

const tryingIn = (machine: LinkMachine) =>
  'step' in machine && machine.step.kind === 'trying' ? machine.step : null;

/** The attempts that a step makes, seen from outside: by what it dials and builds, without asking the machine. */
function attemptsIn({ event, before, after, effects }: Step): Strategy[] {
  const isSlow = before.phase === 'failed' && event.type === 'wake';
  const isDialling = tryingIn(before) !== null && tryingIn(before)?.by !== 'rebuild';
  const isRedial = event.type === 'nudge' && isDialling;
  if (isSlow || isRedial) return [];
  const made = effects.flatMap((effect): Strategy[] => {
    if (effect.type === 'build') return after.phase === 'connecting' ? [] : ['rebuild'];
    return effect.type === 'dial' && effect.by !== 'connect' ? [effect.by] : [];
  });
  const goesOn = event.type === 'resume-refused' && tryingIn(before)?.by === 'resume';
  return goesOn && tryingIn(after)?.by === 'rejoin' ? ['rejoin', ...made] : made;
}

/** Whether media was being made over a socket that is now known to be dead: such an attempt does not count. */
function isInVain({ before, effects }: Step): boolean {
  const { socket } = held(before);
  const isCut = effects.some(
    (effect) => effect.type === 'hang-up' && effect.generation === socket && effect.how === 'cut',
  );
  return isCut && tryingIn(before)?.by === 'rebuild';
}

/** Whether somebody asks anew, after which all attempts are there again. */
function isNewBeginning({ event, before, effects }: Step): boolean {
  const isDialling = tryingIn(before) !== null;
  const makes = effects.some(({ type }) => type === 'dial');
  if (event.type === 'stop') return true;
  if (event.type === 'start')
    return effects.some((effect) => effect.type === 'dial' && effect.by === 'connect');
  return before.phase === 'failed' && event.type !== 'wake' && makes && !isDialling;
}

function spentIn(machine: LinkMachine): Spent {
  switch (machine.phase) {
    case 'live':
    case 'degraded':
      return machine.budget.spent;
    case 'recovering':
    case 'failed':
      return machine.spent;
    case 'idle':
    case 'connecting':
      return nothingSpent;
    default:
      return machine satisfies never;
  }
}

describe('whatever happens in whatever order', () => {
  it('A22, A23: makes no more attempts than the policy has until the link has lasted or somebody asks anew', () => {
    forAllOrders((policy) => {
      let made = { ...nothingSpent };
      let upSince = 0;
      return (step) => {
        const { event, before, after } = step;
        if (after.phase === 'live' && before.phase !== 'live') upSince = event.at;
        const hasLasted = before.phase === 'live' && event.type === 'wake' && event.due === dueAt(before);
        if (hasLasted) expect(event.due - upSince).toBeGreaterThanOrEqual(policy.stableMs);
        if (hasLasted || isNewBeginning(step)) made = { ...nothingSpent };
        if (isInVain(step)) made.rebuild -= 1;
        for (const strategy of attemptsIn(step)) made[strategy] += 1;
        for (const count of Object.values(made)) expect(count).toBeLessThanOrEqual(policy.retry.attempts);
        const wasUp = before.phase === 'live' || before.phase === 'degraded';
        // What is ended for good was not lost by the attempts that it had needed before.
        if (wasUp && after.phase === 'failed' && cureOf(after.fault) !== 'time') made = { ...nothingSpent };
        expect(spentIn(after)).toEqual(made);
      };
    });
  });

  it('A21: moves only to places there are, and never to where it is while there is another', () => {
    forAllOrders(() => ({ event, before, effects }) => {
      const places = 'places' in event ? event.places : before.places;
      // The list can have become shorter than where the link is.
      if (before.place >= places || event.type === 'nudge') return;
      for (const effect of effects) {
        if (effect.type !== 'dial' || effect.by !== 'migrate') continue;
        expect(effect.place).toBeLessThan(places);
        const isNamed = event.type === 'goaway' && event.place !== null;
        if (places > 1 && !isNamed) expect(effect.place).not.toBe(before.place);
      }
    });
  });
});
