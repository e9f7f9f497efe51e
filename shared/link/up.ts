/** What can happen to a link that is up: it loses its socket or its media, stalls, is asked to leave, or recovers. */
import { cureOf } from './cure.ts';
import type { EventOf, Stamp } from './event.ts';
import type { Fault } from './fault.ts';
import { noAbilities, resting, type Episode, type MachineIn, type Trying } from './machine.ts';
import { attempt, baseOf, choose, giveUp, make, otherPlace, plan } from './episode.ts';
import type { LinkPolicy } from './retry-policy.ts';
import type { MachineEffect } from './effect.ts';
import {
  after,
  ask,
  besides,
  endAttempt,
  fromNow,
  reason,
  stay,
  tell,
  trying,
  unspent,
  type Transition,
} from './transition.ts';

const noReason: Fault = { kind: 'media-failed', detail: '' };

type Live = MachineIn<'live'>;
type Degraded = MachineIn<'degraded'>;
type Up = Live | Degraded;

const upOf = ({ socket, leg, can, since, loading, budget }: Up) => ({
  socket,
  leg,
  can,
  since,
  loading,
  budget,
});

/** The episode that begins when this link breaks. */
function episodeFrom(machine: Up, fault: Fault, { at }: Stamp, policy: LinkPolicy): Episode {
  const { socket, leg, can, budget } = machine;
  return {
    fault,
    since: at,
    endsAt: at + policy.episodeMs,
    spent: budget.spent,
    leaving: machine.phase === 'degraded' && machine.reason === 'leaving',
    socket,
    leg,
    can,
    lostAt: at,
  };
}

/** A load that was under way: it may be what took the runner down; the one that ran is safe to come back with. */
export function lostLoad({ loading }: Pick<Up, 'loading'>): MachineEffect[] {
  if (loading === null) return [];
  const text = `Pipeline ${loading} could not be loaded: the connection to the runner ended. The previous one is used again.`;
  return [{ type: 'notice', text }];
}

/** Whether a session elsewhere is being made. */
export const isMoving = (machine: Up): machine is Degraded & { step: Trying } =>
  machine.phase === 'degraded' && machine.step.kind === 'trying' && machine.step.by === 'migrate';

export const isAboutToMove = (machine: Up): machine is Degraded =>
  machine.phase === 'degraded' && machine.reason === 'leaving' && machine.step.kind === 'waiting';

/** What the end of its socket makes of a link. Media may go on, so it is left alone. */
function withoutSocket(
  machine: Up,
  fault: Fault,
  stamp: Stamp,
  policy: LinkPolicy,
): { episode: Episode; effects: MachineEffect[] } {
  return {
    episode: {
      ...episodeFrom(machine, fault, stamp, policy),
      socket: null,
      spent: unspent(machine.budget.spent, machine.step),
    },
    effects: [
      { type: 'hang-up', generation: machine.socket, how: 'cut' },
      tell('Connection lost', reason(fault)),
      ...lostLoad(machine),
    ],
  };
}

/** Signalling is lost. */
export function loseSocket(machine: Up, fault: Fault, stamp: Stamp, policy: LinkPolicy): Transition {
  if (cureOf(fault) !== 'time') return giveUp(machine, fault, stamp, policy);
  const { episode, effects } = withoutSocket(machine, fault, stamp, policy);
  if (!isMoving(machine))
    return after([...endAttempt(machine), ...effects], plan(baseOf(machine), episode, fault, stamp, policy));
  const step = fromNow(machine.step, stamp.at);
  return after(
    effects,
    stay({ ...baseOf(machine), ...episode, phase: 'recovering', strategy: 'migrate', step }),
  );
}

/** Media is gone for certain; signalling goes on. */
export function loseMedia(machine: Up, fault: Fault, stamp: Stamp, policy: LinkPolicy): Transition {
  const effects: MachineEffect[] = [
    { type: 'close-leg', generation: machine.leg.generation },
    tell('Video lost', reason(fault)),
  ];
  const episode = { ...episodeFrom(machine, fault, stamp, policy), leg: null };
  if (machine.step.kind === 'trying') {
    const strategy = machine.step.by === 'migrate' ? 'migrate' : 'rebuild';
    const step = fromNow(machine.step, stamp.at);
    return after(effects, stay({ ...baseOf(machine), ...episode, phase: 'recovering', strategy, step }));
  }
  return after(effects, plan(baseOf(machine), episode, fault, stamp, policy));
}

/** Frames are due and none come. Where the runner can, a second peer connection is made beside the first. */
export function stall(machine: Live, event: EventOf<'stalled'>, policy: LinkPolicy): Transition {
  const fault: Fault = { kind: 'media-stalled', silentMs: event.silentMs };
  const stalled: Degraded = {
    ...baseOf(machine),
    ...upOf(machine),
    phase: 'degraded',
    reason: 'stalled',
    fault,
    since: event.at,
    leg: { ...machine.leg, flow: 'stopped' },
    step: resting,
  };
  const told = tell('The picture stopped', reason(fault));
  if (machine.step.kind === 'trying') return after([told], stay({ ...stalled, step: machine.step }));
  if (!machine.can.rebuild) {
    const until = event.at + Math.max(0, policy.renewAfterMs - event.silentMs);
    return after([told], stay({ ...stalled, step: { kind: 'waiting', until } }));
  }
  const delay = policy.retry.delayMs(machine.budget.spent.rebuild + 1, event.roll);
  if (delay === null) return after([told], giveMediaUp(stalled, event, policy));
  if (delay === 0) return after([told], buildBeside(stalled, event));
  return after([told], stay({ ...stalled, step: { kind: 'waiting', until: event.at + delay } }));
}

function buildBeside(machine: Degraded, { at }: Stamp): Transition {
  const generation = machine.generation + 1;
  const { spent } = machine.budget;
  return {
    state: {
      ...machine,
      generation,
      budget: { ...machine.budget, spent: { ...spent, rebuild: spent.rebuild + 1 } },
      step: trying(generation, 'rebuild', machine.place, at, machine.can),
    },
    effects: [
      tell('Setting up video beside the old'),
      make(generation, 'rebuild', machine.place, machine.socket),
    ],
  };
}

/** The stall has become a loss; the old peer connection is kept as long as it may come back. */
const stallEpisode = (machine: Degraded, stamp: Stamp, policy: LinkPolicy): Episode => ({
  ...episodeFrom(machine, machine.fault ?? noReason, stamp, policy),
  since: machine.since,
});

/** By the book from here on. */
function giveMediaUp(machine: Degraded, stamp: Stamp, policy: LinkPolicy): Transition {
  const episode = stallEpisode(machine, stamp, policy);
  return plan(baseOf(machine), episode, episode.fault, stamp, policy);
}

/** The old peer connection delivers again. */
export function flow(machine: Up, stamp: Stamp, policy: LinkPolicy): Transition {
  const leg = { ...machine.leg, flow: 'flowing' } as const;
  const { step, effects } = besides(machine);
  if (machine.phase === 'live' || machine.reason === 'leaving') return stay({ ...machine, leg });
  return {
    state: {
      ...baseOf(machine),
      ...upOf(machine),
      phase: 'live',
      leg,
      step,
      since: stamp.at,
      budget: { ...machine.budget, restoredAt: stamp.at + policy.stableMs },
    },
    effects: [...effects, tell('The picture is back', null, stamp.at - machine.since)],
  };
}

/** The runner is about to go: a session elsewhere is made while this one still delivers. */
export function leave(given: Up, event: EventOf<'goaway'>, policy: LinkPolicy): Transition {
  const machine = { ...given, places: event.places };
  const why = `It stops in ${Math.round(event.deadlineMs / 1000)} s`;
  const leaving: Degraded = {
    ...baseOf(machine),
    ...upOf(machine),
    phase: 'degraded',
    reason: 'leaving',
    fault: null,
    since: event.at,
    step: resting,
  };
  const told = [...endAttempt(given), tell('The runner is about to go away', why)];
  const { state, effects } = move(leaving, event.place, event, policy);
  if (given.phase === 'live' || state.phase !== 'degraded') return after([...told, ...effects], stay(state));
  return after([...told, ...effects], stopWhileLeaving(state, given.fault, event, policy));
}

/** The picture of a leaving runner stops before it goes: that is a loss, and what is under way goes on as its cure. */
export function stopWhileLeaving(
  machine: Degraded,
  cause: Fault | null,
  stamp: Stamp,
  policy: LinkPolicy,
): Transition {
  const fault = cause ?? noReason;
  const leg = { ...machine.leg, flow: 'stopped' } as const;
  const episode = { ...episodeFrom(machine, fault, stamp, policy), leg };
  const told = tell('The picture stopped', reason(fault));
  if (machine.step.kind !== 'trying')
    return after([told], plan(baseOf(machine), episode, fault, stamp, policy));
  const step = fromNow(machine.step, stamp.at);
  return after(
    [told],
    stay({ ...baseOf(machine), ...episode, phase: 'recovering', strategy: 'migrate', step }),
  );
}

function move(machine: Degraded, named: number | null, stamp: Stamp, policy: LinkPolicy): Transition {
  const { spent } = machine.budget;
  const delay = policy.retry.delayMs(spent.migrate + 1, stamp.roll);
  if (delay === null) return stay({ ...machine, step: resting });
  if (delay > 0) return stay({ ...machine, step: { kind: 'waiting', until: stamp.at + delay } });
  return moveNow(machine, named, stamp);
}

function moveNow(machine: Degraded, named: number | null, { at }: Stamp): Transition {
  const generation = machine.generation + 1;
  const spent = { ...machine.budget.spent, migrate: machine.budget.spent.migrate + 1 };
  const place = named ?? otherPlace(machine.place, machine.places, spent.migrate);
  const step = trying(generation, 'migrate', place, at, noAbilities);
  return {
    state: { ...machine, generation, budget: { ...machine.budget, spent }, step },
    effects: [tell('Making a session elsewhere'), make(generation, 'migrate', place, null)],
  };
}

/** The second peer connection failed, and the first delivers: nothing is lost. */
export function secondFailed(machine: Live, fault: Fault, { at }: Stamp): Transition {
  const tookMs = machine.step.kind === 'trying' ? at - machine.step.since : null;
  const told = tell('The second video connection could not be made', reason(fault), tookMs);
  return { state: { ...machine, step: resting }, effects: [...endAttempt(machine), told] };
}

/** What was being made beside a link that still stands has failed. */
export function besideFailed(machine: Degraded, fault: Fault, stamp: Stamp, policy: LinkPolicy): Transition {
  const tookMs = machine.step.kind === 'trying' ? stamp.at - machine.step.since : null;
  const effects = [...endAttempt(machine), tell('It could not be made', reason(fault), tookMs)];
  const idle: Degraded = { ...machine, step: resting };
  if (machine.reason === 'stalled') return after(effects, giveMediaUp(idle, stamp, policy));
  // A refusal for good would only be met again: what still delivers is used up to its end.
  return after(effects, cureOf(fault) === 'time' ? move(idle, null, stamp, policy) : stay(idle));
}

/** The pause of a degraded link is over. */
export function wakeDegraded(machine: Degraded, stamp: Stamp, policy: LinkPolicy): Transition {
  if (machine.reason === 'leaving') return moveNow(machine, null, stamp);
  return machine.can.rebuild ? buildBeside(machine, stamp) : renew(machine, stamp, policy);
}

/** A runner that cannot replace a peer connection: the session is made anew on it, at once. */
function renew(machine: Degraded, stamp: Stamp, policy: LinkPolicy): Transition {
  const episode = stallEpisode(machine, stamp, policy);
  const strategy = choose(baseOf(machine), episode, stamp.at, policy);
  if (strategy === null) return giveUp(machine, episode.fault, stamp, policy);
  return attempt(baseOf(machine), episode, strategy, stamp, policy);
}

/** The user or the system says that what seems open may be dead: the session is taken up over a fresh socket. */
export function suspect(machine: Up, fault: Fault, stamp: Stamp, policy: LinkPolicy): Transition {
  const base = baseOf(machine);
  const { episode, effects } = withoutSocket(machine, fault, stamp, policy);
  // Without a session to come back to a fresh dial would cost the picture, so the socket is asked first.
  if (choose(base, episode, stamp.at, policy) !== 'resume')
    return { state: machine, effects: [ask(machine.socket)] };
  return after([...endAttempt(machine), ...effects], attempt(base, episode, 'resume', stamp, policy));
}
