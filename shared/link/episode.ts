/**
 * One run of attempts: which strategy is next, when, and when it is over. Each strategy has the policy's
 * attempts; those made stay counted, however often the link comes and goes, until it has lasted.
 */
import { cureOf } from './cure.ts';
import type { MachineEffect } from './effect.ts';
import type { Stamp } from './event.ts';
import type { Fault } from './fault.ts';
import {
  noAbilities,
  nothingSpent,
  totalOf,
  type Episode,
  type LinkMachine,
  type MachineIn,
} from './machine.ts';
import type { LinkPolicy } from './retry-policy.ts';
import type { Strategy } from './strategy.ts';
import {
  after,
  countOf,
  endAll,
  endAttempt,
  reason,
  stay,
  tell,
  trying,
  type Transition,
} from './transition.ts';

/** What an episode does not change. */
export type Base = Pick<LinkMachine, 'generation' | 'place' | 'places'>;

export const baseOf = ({ generation, place, places }: LinkMachine): Base => ({ generation, place, places });

/** The least disturbing strategy that can help and has attempts left; null when none has. */
export function choose(
  { places }: Base,
  { socket, can, lostAt, spent, leaving }: Episode,
  at: number,
  { retry }: LinkPolicy,
): Strategy | null {
  const left = (strategy: Strategy): boolean => spent[strategy] < retry.attempts;
  if (leaving && places > 1 && left('migrate')) return 'migrate';
  if (socket !== null && left('rebuild')) return 'rebuild';
  const inGrace = can.graceMs !== null && at - lostAt < can.graceMs;
  if (socket === null && inGrace && left('resume')) return 'resume';
  if (left('rejoin')) return 'rejoin';
  return places > 1 && left('migrate') ? 'migrate' : null;
}

/** The endpoint that the `nth` attempt to move away from `place` goes to, from 1; all others in turn. */
export const otherPlace = (place: number, places: number, nth: number): number =>
  places < 2 ? place : (place + 1 + ((nth - 1) % (places - 1))) % places;

/**
 * Plans the episode's next attempt, or gives up when no strategy is left, time is up, or trying makes no sense.
 *
 * @param latest What went wrong last; the episode goes on telling what broke the link in the first place.
 */
export function plan(
  base: Base,
  episode: Episode,
  latest: Fault,
  stamp: Stamp,
  policy: LinkPolicy,
): Transition {
  const strategy = cureOf(latest) === 'time' ? choose(base, episode, stamp.at, policy) : null;
  if (strategy === null || stamp.at >= episode.endsAt) {
    return giveUp(
      { ...base, ...episode, phase: 'recovering', strategy: 'rejoin', step: noStep },
      latest,
      stamp,
      policy,
    );
  }
  const delay = policy.retry.delayMs(episode.spent[strategy] + 1, stamp.roll) ?? 0;
  if (delay === 0) return attempt(base, episode, strategy, stamp, policy);
  const step = { kind: 'waiting', until: stamp.at + delay } as const;
  return stay({ ...base, ...episode, phase: 'recovering', strategy, step });
}

const noStep = { kind: 'waiting', until: 0 } as const;

const verbs: Record<Strategy, string> = {
  resume: 'Taking the session up again',
  rebuild: 'Setting up video anew',
  rejoin: 'Starting a new session',
  migrate: 'Moving to another runner',
};

/** Makes an attempt now. */
export function attempt(
  base: Base,
  episode: Episode,
  strategy: Strategy,
  stamp: Stamp,
  policy: LinkPolicy,
): Transition {
  const generation = base.generation + 1;
  const spent = { ...episode.spent, [strategy]: episode.spent[strategy] + 1 };
  const place = strategy === 'migrate' ? otherPlace(base.place, base.places, spent.migrate) : base.place;
  const told = tell(`${verbs[strategy]}, attempt ${spent[strategy]} of ${policy.retry.attempts}`);
  const { effects, ...left } =
    strategy === 'rejoin' || strategy === 'migrate' ? leaveSession(episode) : stayIn(episode, strategy);
  const step = trying(
    generation,
    strategy,
    place,
    stamp.at,
    strategy === 'rebuild' ? episode.can : noAbilities,
  );
  return {
    state: { ...base, ...episode, ...left, generation, spent, phase: 'recovering', strategy, step },
    effects: [...effects, told, make(generation, strategy, place, left.socket)],
  };
}

export function make(generation: number, by: Strategy, place: number, socket: number | null): MachineEffect {
  return by === 'rebuild' && socket !== null
    ? { type: 'build', generation, socket }
    : { type: 'dial', generation, by, place };
}

type Left = Pick<Episode, 'socket' | 'leg' | 'can'> & { effects: MachineEffect[] };

/** Where media can only be made anew by ending the session, its old peer connection is over too, whatever it shows. */
function stayIn({ socket, leg, can }: Episode, strategy: Strategy): Left {
  if (leg === null || strategy !== 'rebuild' || can.rebuild) return { socket, leg, can, effects: [] };
  return { socket, leg: null, can, effects: [{ type: 'close-leg', generation: leg.generation }] };
}

/** A new session is made: an old one that still has its socket ends, so that its slot is free. */
function leaveSession({ socket, leg }: Episode): Left {
  if (socket === null) return { socket, leg, can: noAbilities, effects: [] };
  return {
    socket: null,
    leg: null,
    can: noAbilities,
    effects: [
      { type: 'hang-up', generation: socket, how: 'goodbye' },
      ...(leg === null ? [] : [{ type: 'close-leg', generation: leg.generation } as const]),
    ],
  };
}

type Recovering = MachineIn<'recovering'>;

/** The end of the episode, moved on if a runner that is starting up was waited for until now. */
export function endsAt(machine: Recovering, at: number): number {
  const { step } = machine;
  const waited = step.kind === 'trying' && step.stage === 'waiting' ? at - step.stageAt : 0;
  return machine.endsAt + waited;
}

/** An attempt failed: the next one, or the end of the episode. */
export function attemptFailed(
  machine: Recovering,
  fault: Fault,
  hopeless: boolean,
  stamp: Stamp,
  policy: LinkPolicy,
): Transition {
  const { step, strategy, spent } = machine;
  const tookMs = step.kind === 'trying' ? stamp.at - step.since : null;
  const can = hopeless && strategy === 'resume' ? noAbilities : machine.can;
  const episode: Episode = { ...episodeOf(machine), endsAt: endsAt(machine, stamp.at), can };
  const next = plan(baseOf(machine), episode, fault, stamp, policy);
  const told =
    next.state.phase === 'failed' ? [] : [tell(`Attempt ${spent[strategy]} failed`, reason(fault), tookMs)];
  return after([...endAttempt(machine), ...told], next);
}

export function episodeOf(machine: Recovering): Episode {
  const { fault, since, spent, socket, leg, can, lostAt, leaving } = machine;
  return { fault, since, endsAt: machine.endsAt, spent, socket, leg, can, lostAt, leaving };
}

/** The end of trying by itself: nothing is left open, and time may only bring a slow retry. */
export function giveUp(machine: LinkMachine, fault: Fault, stamp: Stamp, policy: LinkPolicy): Transition {
  // What is ended for good was not lost by the attempts that it had needed before.
  const isUp = machine.phase === 'live' || machine.phase === 'degraded';
  const spent = isUp && cureOf(fault) !== 'time' ? nothingSpent : spentBy(machine);
  const total = totalOf(spent);
  const since = machine.phase === 'recovering' ? machine.since : stamp.at;
  const what = total > 0 ? `Reconnection failed after ${countOf(total)}` : 'Connection failed';
  const tookMs = total > 0 ? stamp.at - since : null;
  return {
    state: {
      ...baseOf(machine),
      phase: 'failed',
      fault,
      since: stamp.at,
      spent,
      slow: 0,
      step: pause(fault, stamp, policy),
    },
    effects: [...endAll(machine), tell(what, reason(fault), tookMs)],
  };
}

function spentBy(machine: LinkMachine): Episode['spent'] {
  switch (machine.phase) {
    case 'recovering':
    case 'failed':
      return machine.spent;
    case 'live':
    case 'degraded':
      return machine.budget.spent;
    case 'idle':
    case 'connecting':
      return nothingSpent;
    default:
      return machine satisfies never;
  }
}

/** Between slow retries; for ever where only the user can help. */
export function pause(fault: Fault, stamp: Stamp, policy: LinkPolicy): MachineIn<'failed'>['step'] {
  return cureOf(fault) === 'time'
    ? { kind: 'waiting', until: stamp.at + policy.slowRetryMs }
    : { kind: 'resting' };
}
