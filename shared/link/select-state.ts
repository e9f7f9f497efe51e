import { totalOf, type LinkMachine } from './machine.ts';
import type { LinkState } from './state.ts';

/** What the world sees of the machine. `attempts`: how many each strategy has. */
export function selectState(machine: LinkMachine, attempts: number): LinkState {
  switch (machine.phase) {
    case 'idle':
      return { phase: 'idle' };
    case 'connecting':
      return { phase: 'connecting', stage: machine.step.stage, since: machine.since };
    case 'live':
      return { phase: 'live', since: machine.since, loading: machine.loading };
    case 'degraded': {
      const { reason, since, loading } = machine;
      return { phase: 'degraded', reason, since, loading };
    }
    case 'recovering': {
      const { fault, strategy, since, spent, step, leg } = machine;
      const attempt = spent[strategy] + (step.kind === 'waiting' ? 1 : 0);
      const media = leg?.flow === 'flowing' ? 'flowing' : 'stopped';
      return {
        phase: 'recovering',
        fault,
        strategy,
        attempt,
        attempts,
        media,
        since,
        ...progressOf(step),
      };
    }
    case 'failed': {
      const { fault, since, spent, step } = machine;
      return { phase: 'failed', fault, attempts: totalOf(spent), since, ...progressOf(step) };
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
