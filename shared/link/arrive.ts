/** What an attempt brings: a session taken up again or refused, and the picture. */
import type { MachineEffect } from './effect.ts';
import { baseOf, endsAt, episodeOf, plan } from './episode.ts';
import type { EventOf, Stamp } from './event.ts';
import {
  noAbilities,
  nothingSpent,
  resting,
  totalOf,
  type Leg,
  type LinkMachine,
  type MachineIn,
  type Spent,
} from './machine.ts';
import type { LinkPolicy } from './retry-policy.ts';
import { after, endAttempt, isBuild, stay, tell, trying, type Transition } from './transition.ts';
import { lostLoad, stall } from './up.ts';

type Live = MachineIn<'live'>;

/** States that make attempts. */
export type Attempting = MachineIn<'connecting' | 'live' | 'degraded' | 'recovering' | 'failed'>;

/** The page has a picture by the attempt under way: it is the link now, and what it replaces goes. */
export function pictured(machine: Attempting, stamp: Stamp, policy: LinkPolicy): Transition {
  const { step } = machine;
  if (step.kind !== 'trying') return stay(machine);
  const { generation, place } = step;
  const before = 'socket' in machine ? machine.socket : null;
  const oldLeg = 'leg' in machine ? machine.leg : null;
  const built = isBuild(machine, step) && before !== null;
  const effects: MachineEffect[] = [
    ...(oldLeg === null ? [] : [{ type: 'close-leg', generation: oldLeg.generation } as const]),
    ...(built || before === null ? [] : [{ type: 'hang-up', generation: before, how: 'goodbye' } as const]),
    ...(machine.phase === 'degraded' && !built ? lostLoad(machine) : []),
  ];
  const can = built && machine.phase !== 'connecting' && 'can' in machine ? machine.can : step.can;
  const live: Live = {
    ...baseOf(machine),
    place,
    phase: 'live',
    socket: built ? before : generation,
    leg: { generation, flow: 'flowing' },
    can,
    since: machine.phase === 'live' ? machine.since : stamp.at,
    loading: 'loading' in machine && built ? machine.loading : null,
    step: resting,
    budget: budgetAfter(spentIn(machine), stamp, policy),
  };
  const tookMs = stamp.at - (machine.phase === 'live' ? step.since : machine.since);
  return { state: live, effects: [...effects, tell(arrivalText(machine, step.by), null, tookMs)] };
}

function arrivalText(machine: Attempting, by: string): string {
  if (machine.phase === 'connecting') return 'Live';
  if (machine.phase === 'live') return 'The second video connection carries on';
  return by === 'migrate' ? 'Live on another runner' : 'Live again';
}

function budgetAfter(spent: Spent, { at }: Stamp, policy: LinkPolicy): Live['budget'] {
  return { spent, restoredAt: totalOf(spent) > 0 ? at + policy.stableMs : null };
}

function spentIn(machine: Attempting): Spent {
  switch (machine.phase) {
    case 'connecting':
      return nothingSpent;
    case 'live':
    case 'degraded':
      return machine.budget.spent;
    case 'recovering':
    case 'failed':
      return machine.spent;
    default:
      return machine satisfies never;
  }
}

/** The runner gave the session back. Where media went on, nothing else is needed. */
export function resumed(machine: Attempting, event: EventOf<'resumed'>, policy: LinkPolicy): Transition {
  const { step } = machine;
  if (step.kind !== 'trying') return stay(machine);
  if (machine.phase === 'connecting') return takeUp(machine, event);
  if (machine.phase !== 'recovering') return stay(machine);
  const { leg } = machine;
  if (leg !== null && event.media) return goOn(machine, step.generation, leg, event, policy);
  const episode = {
    ...episodeOf(machine),
    endsAt: endsAt(machine, event.at),
    socket: step.generation,
    leg: null,
    can: step.can,
  };
  const closed: MachineEffect[] = leg === null ? [] : [{ type: 'close-leg', generation: leg.generation }];
  return after(
    [...closed, tell('The session is there, its video is not')],
    plan(baseOf(machine), episode, machine.fault, event, policy),
  );
}

/** Signalling is back and media never left, or is said not to have: then the watchdog's word counts. */
function goOn(
  machine: MachineIn<'recovering'>,
  socket: number,
  leg: Leg,
  stamp: Stamp,
  policy: LinkPolicy,
): Transition {
  const live: Live = {
    ...baseOf(machine),
    phase: 'live',
    socket,
    leg,
    can: machine.step.kind === 'trying' ? machine.step.can : noAbilities,
    since: stamp.at,
    loading: null,
    step: resting,
    budget: budgetAfter(machine.spent, stamp, policy),
  };
  const told = tell('Session taken up again', null, stamp.at - machine.since);
  if (leg.flow === 'flowing') return { state: live, effects: [told] };
  const silentMs = stamp.at - machine.since;
  return after(
    [told],
    stall(live, { ...stamp, type: 'stalled', generation: leg.generation, silentMs }, policy),
  );
}

/** A session of before, such as of an app that crashed: only media has to be made. */
function takeUp(machine: MachineIn<'connecting'>, { at }: Stamp): Transition {
  const socket = machine.step.generation;
  const generation = machine.generation + 1;
  const step = {
    ...trying(generation, 'connect', machine.place, at, machine.step.can),
    stage: 'negotiating',
  } as const;
  return {
    state: { ...machine, generation, socket, step },
    effects: [tell('The session of before is still there'), { type: 'build', generation, socket }],
  };
}

/** The session is gone. The socket is as good as any for a new one, so the attempt goes on as that. */
export function resumeRefused(
  machine: Attempting,
  event: EventOf<'resume-refused'>,
  policy: LinkPolicy,
): Transition {
  const told = tell('The session is gone', event.reason === '' ? null : `The runner says: ${event.reason}`);
  if (machine.phase !== 'recovering' || machine.step.kind !== 'trying')
    return { state: machine, effects: [told] };
  const { spent, step } = machine;
  const can = noAbilities;
  const endAt = endsAt(machine, event.at);
  if (spent.rejoin >= policy.retry.attempts) {
    const episode = { ...episodeOf(machine), endsAt: endAt, can };
    const next = plan(baseOf(machine), episode, machine.fault, event, policy);
    return after([...endAttempt(machine), told], next);
  }
  const attempt = spent.rejoin + 1;
  return {
    state: {
      ...machine,
      can,
      endsAt: endAt,
      strategy: 'rejoin',
      spent: { ...spent, rejoin: attempt },
      step: { ...step, by: 'rejoin', stageAt: event.at, since: event.at },
    },
    effects: [told, tell(`Starting a new session, attempt ${attempt} of ${policy.retry.attempts}`)],
  };
}

/** News of the attempt under way that moves nothing but its own step. */
export function progressed(
  machine: LinkMachine,
  event: EventOf<'stage'> | EventOf<'ready'> | EventOf<'offered'>,
): LinkMachine {
  if (!('step' in machine) || machine.step.kind !== 'trying') return machine;
  if (event.type === 'offered') return withStep(machine, { ...machine.step, offered: true });
  if (event.type === 'ready') return withStep(machine, { ...machine.step, can: event.can });
  const step = { ...machine.step, stage: event.stage, stageAt: event.at };
  return machine.phase === 'recovering'
    ? { ...machine, endsAt: endsAt(machine, event.at), step }
    : withStep(machine, step);
}

const withStep = (machine: Attempting, step: MachineIn<'connecting'>['step']): LinkMachine => ({
  ...machine,
  step,
});
