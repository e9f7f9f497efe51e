import type { LinkMachine } from './machine.ts';
import type { LinkState } from './state.ts';

/** What the world sees of the machine. `attempts`: how many one episode has. */
export function selectState(machine: LinkMachine, attempts: number): LinkState {
  switch (machine.phase) {
    case 'idle':
      return { phase: 'idle' };
    case 'connecting':
      return { phase: 'connecting', stage: machine.stage, since: machine.since };
    case 'live':
      return { phase: 'live', since: machine.since, loading: machine.loading };
    case 'recovering': {
      const { fault, attempt, since } = machine;
      return { phase: 'recovering', fault, attempt, attempts, since, ...progressOf(machine.step) };
    }
    case 'failed': {
      const { fault, since } = machine;
      return { phase: 'failed', fault, attempts: machine.attempts, since, ...progressOf(machine.step) };
    }
    default:
      return machine satisfies never;
  }
}

type AnyStep = Extract<LinkMachine, { phase: 'failed' }>['step'];

function progressOf(step: AnyStep): Pick<Extract<LinkState, { phase: 'failed' }>, 'nextAttemptAt' | 'stage'> {
  return {
    nextAttemptAt: step.kind === 'waiting' ? step.until : null,
    stage: step.kind === 'trying' ? step.stage : null,
  };
}
