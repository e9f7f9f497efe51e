/** What can happen between two attempts, or beside the one under way. */
import { cureOf } from './cure.ts';
import { attempt, baseOf, choose, endsAt, episodeOf, giveUp, plan } from './episode.ts';
import type { EventOf } from './event.ts';
import type { MachineIn } from './machine.ts';
import type { LinkPolicy } from './retry-policy.ts';
import { after, besides, endAttempt, reason, stay, tell, unspent, type Transition } from './transition.ts';

type Recovering = MachineIn<'recovering'>;

/**
 * The pause or the episode is over: what the timer was set for counts, for it may fire a little early, and the
 * clock may have been set back. Meanwhile the runner's grace may have ended, and the plan with it.
 */
export function wakeRecovering(machine: Recovering, event: EventOf<'wake'>, policy: LinkPolicy): Transition {
  if (Math.max(event.at, event.due) >= machine.endsAt) return giveUp(machine, machine.fault, event, policy);
  const episode = episodeOf(machine);
  const strategy = choose(baseOf(machine), episode, event.at, policy);
  return strategy === machine.strategy
    ? attempt(baseOf(machine), episode, strategy, event, policy)
    : plan(baseOf(machine), episode, machine.fault, event, policy);
}

/** While media was being made anew, signalling went as well: what was tried over it stops, its loss is the cause. */
export function socketDownToo(machine: Recovering, event: EventOf<'down'>, policy: LinkPolicy): Transition {
  const { fault } = event;
  if (cureOf(fault) !== 'time') return giveUp(machine, fault, event, policy);
  const { socket, step } = machine;
  const effects = [
    ...(socket === null ? [] : [{ type: 'hang-up', generation: socket, how: 'cut' } as const]),
    tell('Connection lost', reason(fault)),
  ];
  const lost = { fault, socket: null, lostAt: event.at };
  if (step.kind === 'trying' && step.by !== 'rebuild') return after(effects, stay({ ...machine, ...lost }));
  const spent = unspent(machine.spent, step);
  const episode = { ...episodeOf(machine), endsAt: endsAt(machine, event.at), ...lost, spent };
  return after([...endAttempt(machine), ...effects], plan(baseOf(machine), episode, fault, event, policy));
}

/** The peer connection of before may deliver again at any time, or go for good. */
export function legWhileRecovering(
  machine: Recovering,
  event: EventOf<'media-down'> | EventOf<'stalled'> | EventOf<'flowing'>,
  policy: LinkPolicy,
): Transition {
  const { leg, socket } = machine;
  if (leg === null) return stay(machine);
  if (event.type === 'media-down')
    return { state: { ...machine, leg: null }, effects: [{ type: 'close-leg', generation: leg.generation }] };
  if (event.type === 'stalled') return stay({ ...machine, leg: { ...leg, flow: 'stopped' } });
  const flowing = { ...leg, flow: 'flowing' } as const;
  if (socket === null) return stay({ ...machine, leg: flowing });
  const { at } = event;
  const up = {
    ...baseOf(machine),
    socket,
    leg: flowing,
    can: machine.can,
    since: at,
    loading: null,
    budget: { spent: machine.spent, restoredAt: at + policy.stableMs },
  };
  const told = tell('The picture is back', null, at - machine.since);
  const { step } = machine;
  // Its runner is still about to go.
  if (step.kind === 'trying' && step.by === 'migrate')
    return { state: { ...up, phase: 'degraded', reason: 'leaving', fault: null, step }, effects: [told] };
  const rest = besides(machine);
  return { state: { ...up, phase: 'live', step: rest.step }, effects: [...rest.effects, told] };
}
