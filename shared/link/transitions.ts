import { cureOf } from './cure.ts';
import type { MachineEffect } from './effect.ts';
import type { Stamp } from './event.ts';
import type { Fault } from './fault.ts';
import { hasConnection, type Budget, type LinkMachine, type Strategy } from './machine.ts';
import { presentFault } from './present-fault.ts';
import type { LinkPolicy } from './retry-policy.ts';

/** A new state and what has to be done about it. */
export interface Transition {
  state: LinkMachine;
  effects: MachineEffect[];
}

type Live = Extract<LinkMachine, { phase: 'live' }>;

export const stay = (state: LinkMachine): Transition => ({ state, effects: [] });

const tell = (what: string, why: string | null = null): MachineEffect => ({ type: 'tell', what, why });

const reason = (fault: Fault): string => presentFault(fault).title;

/** The one place that will choose between resume, rebuild and reconnect, by what broke and what the runner can do. */
function nextStrategy(): Strategy {
  return 'reconnect';
}

function leave(machine: LinkMachine, media: 'keep' | 'close'): MachineEffect[] {
  return hasConnection(machine) ? [{ type: 'leave', generation: machine.generation, media }] : [];
}

/** A new attempt as the user's wish: whatever went on before is over. */
export function connect(machine: LinkMachine, { at }: Stamp, onFailure: 'show' | 'retry'): Transition {
  const generation = machine.generation + 1;
  return {
    state: { phase: 'connecting', generation, stage: 'dialling', since: at, onFailure },
    effects: [
      // A live picture goes on until the new runner's takes its place.
      ...leave(machine, machine.phase === 'live' ? 'keep' : 'close'),
      tell('Connecting'),
      { type: 'attempt', generation, strategy: nextStrategy() },
    ],
  };
}

/** On purpose: no error, no attempt. */
export function stop(machine: LinkMachine): Transition {
  if (machine.phase === 'idle') return stay(machine);
  return {
    state: { phase: 'idle', generation: machine.generation + 1 },
    effects: [...leave(machine, 'close'), { type: 'drop-media' }, tell('Stopped')],
  };
}

export function goLive(machine: LinkMachine, stamp: Stamp, policy: LinkPolicy): Transition {
  const spent = spentBy(machine);
  const budget: Budget = { spent, restoredAt: spent > 0 ? stamp.at + policy.stableMs : null };
  const { generation } = machine;
  return {
    state: { phase: 'live', generation, since: stamp.at, loading: null, budget },
    effects: [tell(machine.phase === 'connecting' ? 'Live' : 'Live again')],
  };
}

function spentBy(machine: LinkMachine): number {
  if (machine.phase === 'recovering') return machine.attempt;
  return machine.phase === 'failed' ? machine.attempts : 0;
}

/** A live link broke. The attempts it spent to get here still count unless it has lasted. */
export function lose(machine: Live, fault: Fault, stamp: Stamp, policy: LinkPolicy): Transition {
  // Media that failed carries nothing any more; media whose signalling was lost may still deliver.
  const broken = fault.kind === 'media-failed' || fault.kind === 'media-stalled';
  const effects = [...leave(machine, broken ? 'close' : 'keep'), tell('Connection lost', reason(fault))];
  if (machine.loading !== null) {
    // It may be what took the runner down; the one that ran is safe to come back with.
    const text = `Pipeline ${machine.loading} could not be loaded: the connection was lost. The previous one is used again.`;
    effects.push({ type: 'notice', text });
  }
  const next = recover(
    machine,
    { fault, since: stamp.at, attempt: machine.budget.spent + 1 },
    fault,
    stamp,
    policy,
  );
  return { state: next.state, effects: [...effects, ...next.effects] };
}

/** One run of attempts: what broke the link, when, and the number of the attempt at hand. */
interface Episode {
  fault: Fault;
  since: number;
  attempt: number;
}

/**
 * Plans the episode's attempt, or gives up when the policy has none left or trying again makes no sense.
 *
 * @param latest What went wrong last; the episode goes on telling what broke the link in the first place.
 */
export function recover(
  machine: LinkMachine,
  { fault, since, attempt }: Episode,
  latest: Fault,
  stamp: Stamp,
  policy: LinkPolicy,
): Transition {
  if (cureOf(latest) !== 'time') return giveUp(machine, latest, attempt - 1, stamp, policy);
  const delay = policy.retry.delayMs(attempt, stamp.roll);
  if (delay === null) return giveUp(machine, latest, attempt - 1, stamp, policy);
  if (delay === 0) return tryAgain(machine, { fault, since, attempt }, policy);
  const generation = machine.generation + 1;
  const step = { kind: 'waiting', until: stamp.at + delay } as const;
  return stay({ phase: 'recovering', generation, fault, attempt, since, step });
}

/** An attempt failed: the next one, or the end of the episode. */
export function recoverOn(
  machine: Extract<LinkMachine, { phase: 'recovering' }>,
  fault: Fault,
  stamp: Stamp,
  policy: LinkPolicy,
): Transition {
  const { state, effects } = recover(
    machine,
    { ...machine, attempt: machine.attempt + 1 },
    fault,
    stamp,
    policy,
  );
  const told = state.phase === 'failed' ? [] : [tell(`Attempt ${machine.attempt} failed`, reason(fault))];
  return { state, effects: [...told, ...effects] };
}

/** Makes the episode's attempt now. */
export function tryAgain(
  machine: LinkMachine,
  { fault, since, attempt }: Episode,
  policy: LinkPolicy,
): Transition {
  const generation = machine.generation + 1;
  const strategy = nextStrategy();
  const step = { kind: 'trying', strategy, stage: 'dialling' } as const;
  return {
    state: { phase: 'recovering', generation, fault, attempt, since, step },
    effects: [
      tell(`Reconnecting, attempt ${attempt} of ${policy.retry.attempts}`),
      { type: 'attempt', generation, strategy },
    ],
  };
}

/** The end of trying by itself: nothing is left open, and time may only bring a slow retry. */
export function giveUp(
  machine: LinkMachine,
  fault: Fault,
  attempts: number,
  stamp: Stamp,
  policy: LinkPolicy,
): Transition {
  const generation = machine.generation + 1;
  const what = attempts > 0 ? `Reconnection failed after ${countOf(attempts)}` : 'Connection failed';
  return {
    state: {
      phase: 'failed',
      generation,
      fault,
      attempts,
      since: stamp.at,
      step: pause(fault, stamp, policy),
    },
    effects: [{ type: 'drop-media' }, tell(what, reason(fault))],
  };
}

const countOf = (attempts: number): string => `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;

function pause(
  fault: Fault,
  stamp: Stamp,
  policy: LinkPolicy,
): Extract<LinkMachine, { phase: 'failed' }>['step'] {
  return cureOf(fault) === 'time'
    ? { kind: 'waiting', until: stamp.at + policy.slowRetryMs }
    : { kind: 'resting' };
}

type Failed = Extract<LinkMachine, { phase: 'failed' }>;

/** One try of the slow kind. It is not told: every 30 s it would bury the rest of the history. */
export function trySlowly(machine: Failed): Transition {
  const generation = machine.generation + 1;
  const strategy = nextStrategy();
  return {
    state: { ...machine, generation, step: { kind: 'trying', strategy, stage: 'dialling' } },
    effects: [{ type: 'attempt', generation, strategy }],
  };
}

/** A slow retry failed: the newest reason is shown, the count of attempts stays. */
export function failAgain(machine: Failed, fault: Fault, stamp: Stamp, policy: LinkPolicy): Transition {
  const generation = machine.generation + 1;
  const step = pause(fault, stamp, policy);
  const effects: MachineEffect[] = [{ type: 'drop-media' }];
  if (fault.kind !== machine.fault.kind) effects.push(tell('Still no connection', reason(fault)));
  return { state: { ...machine, generation, fault, step }, effects };
}
