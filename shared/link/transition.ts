import type { MachineEffect } from './effect.ts';
import type { Fault } from './fault.ts';
import { held, resting, type LinkMachine, type Spent, type Trying } from './machine.ts';
import { presentFault } from './present-fault.ts';

/** A new state and what has to be done about it. */
export interface Transition {
  state: LinkMachine;
  effects: MachineEffect[];
}

export const stay = (state: LinkMachine): Transition => ({ state, effects: [] });

/** The same with something to be done before. */
export const after = (effects: readonly MachineEffect[], next: Transition): Transition => ({
  state: next.state,
  effects: [...effects, ...next.effects],
});

export const tell = (
  what: string,
  why: string | null = null,
  tookMs: number | null = null,
): MachineEffect => ({ type: 'tell', what, why, tookMs });

/** Whether anybody still answers over that socket. */
export const ask = (socket: number): MachineEffect => ({ type: 'probe', generation: socket });

export const reason = (fault: Fault): string => presentFault(fault).title;

export const countOf = (attempts: number): string => `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;

/** Whether an attempt makes media over a socket that is there, instead of dialling one of its own. */
export function isBuild(machine: LinkMachine, step: Trying): boolean {
  return step.by === 'rebuild' || (machine.phase === 'connecting' && machine.socket !== null);
}

/**
 * What becomes of an attempt when the picture of before is back. One that was offered is made to its end, for the
 * runner counts on it; any other is dropped.
 */
export function besides(machine: LinkMachine): { step: Trying | typeof resting; effects: MachineEffect[] } {
  if (!('step' in machine) || machine.step.kind !== 'trying') return { step: resting, effects: [] };
  if (machine.step.offered) return { step: machine.step, effects: [] };
  return { step: resting, effects: endAttempt(machine) };
}

/** Leaves nothing of an attempt. One that takes a session up again must not end it. */
export function endAttempt(machine: LinkMachine): MachineEffect[] {
  if (!('step' in machine) || machine.step.kind !== 'trying') return [];
  const { step } = machine;
  const { generation } = step;
  if (isBuild(machine, step)) return [{ type: 'close-leg', generation }];
  const how = step.by === 'resume' ? 'cut' : 'goodbye';
  return [
    { type: 'hang-up', generation, how },
    { type: 'close-leg', generation },
  ];
}

/** Leaves nothing at all; `but` keeps what feeds the page. */
export function endAll(machine: LinkMachine, but: 'nothing' | 'leg' = 'nothing'): MachineEffect[] {
  const { socket, leg } = held(machine);
  return [
    ...endAttempt(machine),
    ...(socket === null ? [] : [{ type: 'hang-up', generation: socket, how: 'goodbye' } as const]),
    ...(leg === null || but === 'leg' ? [] : [{ type: 'close-leg', generation: leg } as const]),
  ];
}

/** An attempt under way, seen from an episode that begins now: what it waited for before is not counted. */
export const fromNow = (step: Trying, at: number): Trying => ({ ...step, stageAt: at });

/** Media that was being made over a socket that turned out to be dead had no chance: that attempt does not count. */
export function unspent(spent: Spent, step: { kind: string; by?: Trying['by'] }): Spent {
  return step.kind === 'trying' && step.by === 'rebuild'
    ? { ...spent, rebuild: Math.max(0, spent.rebuild - 1) }
    : spent;
}

/** A new attempt's step; `generation` is the machine's next. */
export function trying(
  generation: number,
  by: Trying['by'],
  place: number,
  at: number,
  can: Trying['can'],
): Trying {
  const stage = by === 'rebuild' ? 'negotiating' : 'dialling';
  return { kind: 'trying', generation, by, place, stage, stageAt: at, since: at, offered: false, can };
}
