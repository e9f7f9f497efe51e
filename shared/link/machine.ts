import type { Fault } from './fault.ts';
import type { Stage } from './state.ts';

/**
 * How an attempt brings the picture back. There is one so far: a new socket and a new session. `resume` (same
 * session, new socket), `rebuild` (same session, new media) and `migrate` (another runner) will stand beside
 * it; what chooses among them is `nextStrategy` in `transitions.ts`.
 */
export type Strategy = 'reconnect';

/** Between attempts, or in the middle of one. */
type Step = { kind: 'waiting'; until: number } | { kind: 'trying'; strategy: Strategy; stage: Stage };

/** Attempts that a link which has only just come back may not spend a second time. */
export interface Budget {
  spent: number;
  /** When they are given back; null when there is nothing to give. */
  restoredAt: number | null;
}

/**
 * The machine's own state. `generation` numbers the connections: events of an earlier one are late and have
 * no say. It grows with each attempt and each end, so a generation is never open twice.
 */
export type LinkMachine = { generation: number } & (
  | { phase: 'idle' }
  | { phase: 'connecting'; stage: Stage; since: number; onFailure: 'show' | 'retry' }
  | { phase: 'live'; since: number; loading: string | null; budget: Budget }
  | { phase: 'recovering'; fault: Fault; attempt: number; since: number; step: Step }
  | { phase: 'failed'; fault: Fault; attempts: number; since: number; step: Step | { kind: 'resting' } }
);

export const idleMachine: LinkMachine = { phase: 'idle', generation: 0 };

/** Whether a connection of this generation is open or being made. */
export function hasConnection(machine: LinkMachine): boolean {
  switch (machine.phase) {
    case 'idle':
      return false;
    case 'connecting':
    case 'live':
      return true;
    case 'recovering':
    case 'failed':
      return machine.step.kind === 'trying';
    default:
      return machine satisfies never;
  }
}

/**
 * The one moment (epoch milliseconds) at which time alone changes this state; null when it never does. The
 * only timer there is follows from it, so that none can outlive its state.
 */
export function dueAt(machine: LinkMachine): number | null {
  switch (machine.phase) {
    case 'idle':
    case 'connecting':
      return null;
    case 'live':
      return machine.budget.restoredAt;
    case 'recovering':
    case 'failed':
      return machine.step.kind === 'waiting' ? machine.step.until : null;
    default:
      return machine satisfies never;
  }
}
