/** What the user or the system wants of the link. */
import { cureOf } from './cure.ts';
import type { MachineEffect } from './effect.ts';
import { attempt, baseOf, choose, endsAt, episodeOf, make, otherPlace, pause, plan } from './episode.ts';
import type { EventOf, Stamp } from './event.ts';
import type { Fault } from './fault.ts';
import {
  noAbilities,
  nothingSpent,
  totalOf,
  type Episode,
  type LinkMachine,
  type MachineIn,
  type Trying,
} from './machine.ts';
import type { LinkPolicy } from './retry-policy.ts';
import {
  after,
  ask,
  endAll,
  endAttempt,
  fromNow,
  isBuild,
  reason,
  stay,
  tell,
  trying,
  unspent,
  type Transition,
} from './transition.ts';
import { isAboutToMove, isMoving, suspect, wakeDegraded } from './up.ts';

export function start(before: LinkMachine, event: EventOf<'start'>, policy: LinkPolicy): Transition {
  // Where else it may go can have changed with anything.
  const machine = { ...before, places: event.places };
  switch (machine.phase) {
    case 'live':
    case 'degraded':
      if (event.change === 'endpoint') return connect(machine, event);
      if (event.change === 'parameters') return stay(machine);
      return {
        state: { ...machine, loading: event.pipelineId },
        effects: [
          tell(`Loading pipeline ${event.pipelineId}`),
          { type: 'load', generation: machine.socket, pipelineId: event.pipelineId },
        ],
      };
    case 'connecting':
      return event.change === 'parameters' ? stay(machine) : connect(machine, event);
    case 'recovering':
      return event.change === 'parameters' ? retry(machine, event, policy) : connect(machine, event);
    case 'idle':
    case 'failed':
      return connect(machine, event);
    default:
      return machine satisfies never;
  }
}

/** A new attempt as the user's wish: whatever went on before is over, but a picture goes on until the next one. */
function connect(
  machine: LinkMachine,
  { at, onFailure, places }: Stamp & Pick<EventOf<'start'>, 'onFailure' | 'places'>,
): Transition {
  const generation = machine.generation + 1;
  const isUp = machine.phase === 'live' || machine.phase === 'degraded';
  const step = trying(generation, 'connect', 0, at, noAbilities);
  const leg = isUp ? machine.leg : null;
  return {
    state: {
      generation,
      place: 0,
      places,
      phase: 'connecting',
      since: at,
      onFailure,
      step,
      socket: null,
      leg,
    },
    effects: [
      ...endAll(machine, isUp ? 'leg' : 'nothing'),
      tell('Connecting'),
      { type: 'dial', generation, by: 'connect', place: 0 },
    ],
  };
}

/** On purpose: no error, no attempt. */
export function stop(machine: LinkMachine): Transition {
  if (machine.phase === 'idle') return stay(machine);
  return {
    state: { ...baseOf(machine), generation: machine.generation + 1, phase: 'idle' },
    effects: [...endAll(machine), tell('Stopped')],
  };
}

/** An attempt now, with a fresh dial where a socket only claims to be open. One under way already is that attempt. */
export function retry(machine: LinkMachine, stamp: Stamp, policy: LinkPolicy): Transition {
  switch (machine.phase) {
    case 'degraded': {
      const asked =
        machine.reason === 'stalled'
          ? suspect(machine, machine.fault ?? unknown, stamp, policy)
          : stay(machine);
      const isDue = asked.state === machine && machine.step.kind === 'waiting';
      return isDue ? after(asked.effects, wakeDegraded(machine, stamp, policy)) : asked;
    }
    case 'recovering':
      return machine.step.kind === 'trying' ? stay(machine) : attemptAfresh(machine, stamp, policy);
    case 'failed':
      if (machine.step.kind === 'trying' || cureOf(machine.fault) === 'change') return stay(machine);
      return tryAnew(machine, stamp, policy);
    case 'idle':
    case 'connecting':
    case 'live':
      return stay(machine);
    default:
      return machine satisfies never;
  }
}

const unknown: Fault = { kind: 'media-failed', detail: '' };

/** What was open, or being dialled, may lead nowhere any more. */
export function nudge(machine: LinkMachine, event: EventOf<'nudge'>, policy: LinkPolicy): Transition {
  const told = tell(event.cause === 'sleep' ? 'The computer woke up' : 'The network changed');
  switch (machine.phase) {
    case 'idle':
      return stay(machine);
    case 'connecting':
      return after([told], redial(machine, machine.step, event));
    case 'live':
    case 'degraded':
      // A session elsewhere is the best hope there is for one whose runner leaves.
      if (isMoving(machine)) return after([told, ask(machine.socket)], redial(machine, machine.step, event));
      if (isAboutToMove(machine))
        return after([told, ask(machine.socket)], wakeDegraded(machine, event, policy));
      return after([told], suspect(machine, { kind: 'interrupted', cause: event.cause }, event, policy));
    case 'recovering': {
      // The clock may have run on while everything slept.
      const step = machine.step.kind === 'trying' ? fromNow(machine.step, event.at) : machine.step;
      const awake = { ...machine, endsAt: event.at + policy.episodeMs, step };
      const isDialling = step.kind === 'trying' && !isBuild(awake, step);
      return after([told], isDialling ? redial(awake, step, event) : attemptAfresh(awake, event, policy));
    }
    case 'failed':
      if (cureOf(machine.fault) !== 'time') return stay(machine);
      if (machine.step.kind === 'trying') return after([told], redial(machine, machine.step, event));
      return after([told], tryAnew(machine, event, policy));
    default:
      return machine satisfies never;
  }
}

/** The same attempt with another socket; it counts once. */
function redial(
  machine: MachineIn<'connecting' | 'degraded' | 'recovering' | 'failed'>,
  step: Trying,
  { at }: Stamp,
): Transition {
  const generation = machine.generation + 1;
  const fresh = trying(generation, step.by, step.place, at, noAbilities);
  const dial: MachineEffect = { type: 'dial', generation, by: step.by, place: step.place };
  switch (machine.phase) {
    case 'connecting': {
      const socket = machine.socket;
      const old: MachineEffect[] =
        socket === null ? [] : [{ type: 'hang-up', generation: socket, how: 'cut' }];
      return {
        state: { ...machine, generation, socket: null, step: fresh },
        effects: [...endAttempt(machine), ...old, dial],
      };
    }
    case 'recovering':
      return {
        state: { ...machine, generation, endsAt: endsAt(machine, at), step: fresh },
        effects: [...endAttempt(machine), dial],
      };
    case 'degraded':
    case 'failed':
      return { state: { ...machine, generation, step: fresh }, effects: [...endAttempt(machine), dial] };
    default:
      return machine satisfies never;
  }
}

/** The episode's attempt now. A session that can be resumed is resumed, for its socket is open at most in name. */
function attemptAfresh(machine: MachineIn<'recovering'>, stamp: Stamp, policy: LinkPolicy): Transition {
  const { socket, step } = machine;
  const base = baseOf(machine);
  const episode = episodeOf(machine);
  const spent = unspent(episode.spent, step);
  const apart: Episode = { ...episode, socket: null, lostAt: stamp.at, spent };
  if (socket !== null && choose(base, apart, stamp.at, policy) === 'resume') {
    const cut: MachineEffect = { type: 'hang-up', generation: socket, how: 'cut' };
    return after([...endAttempt(machine), cut], attempt(base, apart, 'resume', stamp, policy));
  }
  if (step.kind === 'trying') return { state: machine, effects: socket === null ? [] : [ask(socket)] };
  const strategy = choose(base, episode, stamp.at, policy);
  if (strategy === null) return plan(base, episode, episode.fault, stamp, policy);
  const doubted = socket !== null && strategy === 'rebuild' ? [ask(socket)] : [];
  return after(doubted, attempt(base, episode, strategy, stamp, policy));
}

/** After giving up somebody asks again: a new episode with all its attempts. */
function tryAnew(machine: MachineIn<'failed'>, stamp: Stamp, policy: LinkPolicy): Transition {
  if (totalOf(machine.spent) === 0)
    return connect(machine, { ...stamp, onFailure: 'show', places: machine.places });
  const episode: Episode = {
    fault: machine.fault,
    since: stamp.at,
    endsAt: stamp.at + policy.episodeMs,
    spent: nothingSpent,
    socket: null,
    leg: null,
    can: noAbilities,
    lostAt: stamp.at,
    leaving: false,
  };
  return attempt(baseOf(machine), episode, 'rejoin', stamp, policy);
}

/** One try of the slow kind, at each endpoint in turn. It is not told: every 30 s it would bury the rest. */
export function trySlowly(machine: MachineIn<'failed'>, { at }: Stamp): Transition {
  const generation = machine.generation + 1;
  const elsewhere = machine.places > 1 && machine.slow % 2 === 1;
  const by = elsewhere ? 'migrate' : 'rejoin';
  const place = elsewhere ? otherPlace(machine.place, machine.places, (machine.slow + 1) / 2) : machine.place;
  const step = trying(generation, by, place, at, noAbilities);
  return {
    state: { ...machine, generation, slow: machine.slow + 1, step },
    effects: [make(generation, by, place, null)],
  };
}

/** A slow retry failed: the newest reason is shown, the count of attempts stays. */
export function failAgain(
  machine: MachineIn<'failed'>,
  fault: Fault,
  stamp: Stamp,
  policy: LinkPolicy,
): Transition {
  const effects = endAttempt(machine);
  if (fault.kind !== machine.fault.kind) effects.push(tell('Still no connection', reason(fault)));
  return { state: { ...machine, fault, step: pause(fault, stamp, policy) }, effects };
}
