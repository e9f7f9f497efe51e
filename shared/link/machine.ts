import type { Fault } from './fault.ts';
import type { Degradation, Stage } from './state.ts';
import type { Strategy } from './strategy.ts';

/** What the runner of a connection can do for a lost link. */
export interface Abilities {
  /** Milliseconds for which a session survives its lost socket; null: it can't be resumed. */
  graceMs: number | null;
  /** Whether a session takes another peer connection in place of its own. */
  rebuild: boolean;
}

export const noAbilities: Abilities = { graceMs: null, rebuild: false };

/** An attempt under way: a socket that is dialled, or a peer connection made over the one that is open. */
export interface Trying {
  kind: 'trying';
  /** Of what is being made. */
  generation: number;
  by: Strategy | 'connect';
  /** Index of the endpoint it goes to. */
  place: number;
  stage: Stage;
  /** When that stage began. */
  stageAt: number;
  since: number;
  /** Whether its offer has been sent. */
  offered: boolean;
  /** Told by the runner's `ready`. */
  can: Abilities;
}

interface Waiting {
  kind: 'waiting';
  until: number;
}

/** Nothing is under way, and nothing is waited for. */
export const resting = { kind: 'resting' } as const;

/** The peer connection that feeds the page, or last did. */
export interface Leg {
  generation: number;
  /** As the watchdog last saw it; connection states are not believed. */
  flow: 'flowing' | 'stopped';
}

/** Attempts made of each strategy, in this episode and in those that the link has not outlasted yet. */
export type Spent = Readonly<Record<Strategy, number>>;

export const nothingSpent: Spent = { resume: 0, rebuild: 0, rejoin: 0, migrate: 0 };

/** Attempts that a link which has only just come back may not spend a second time. */
interface Budget {
  spent: Spent;
  /** When they are given back; null when there is nothing to give. */
  restoredAt: number | null;
}

/** A link that is up: its socket, what feeds the page, and what its runner can do. */
interface Up {
  socket: number;
  leg: Leg;
  can: Abilities;
  since: number;
  /** Id of the pipeline that is being loaded beside the running one. */
  loading: string | null;
  budget: Budget;
}

/** One run of attempts: what broke the link, when, and what is left of it. */
export interface Episode {
  fault: Fault;
  since: number;
  /** The end of trying, moved on by whatever time is spent waiting for `ready`. */
  endsAt: number;
  spent: Spent;
  /** The socket, when signalling is not what broke. */
  socket: number | null;
  leg: Leg | null;
  can: Abilities;
  /** When the socket was lost: the runner's grace counts from there. */
  lostAt: number;
  /** Whether the runner had said that it goes: then it is no good to come back to. */
  leaving: boolean;
}

/**
 * The machine's own state.
 *
 * `generation` is the last number given out. Sockets, peer connections and attempts are numbered from one
 * counter, so no number is ever used twice; events of a number that the state does not hold are late and have
 * no say. An attempt that dials gives its number to its socket and to the first peer connection over it.
 */
export type LinkMachine = {
  generation: number;
  /** Index of the endpoint in force, of `places` that there are. */
  place: number;
  places: number;
} & (
  | { phase: 'idle' }
  | {
      phase: 'connecting';
      since: number;
      onFailure: 'show' | 'retry';
      step: Trying;
      /** Set when a session of before was taken up again and only media is still to be made. */
      socket: number | null;
      /** What fed the page before the user chose to go elsewhere, until the new picture is there. */
      leg: Leg | null;
    }
  | (Up & {
      phase: 'live';
      /**
       * A second peer connection that was begun while the picture stood still. The runner lets go of the first one
       * once it has been offered the second, so that is made to its end although the picture is back.
       */
      step: Trying | typeof resting;
    })
  | (Up & {
      phase: 'degraded';
      reason: Degradation;
      fault: Fault | null;
      step: Trying | Waiting | typeof resting;
    })
  | (Episode & { phase: 'recovering'; strategy: Strategy; step: Trying | Waiting })
  | {
      phase: 'failed';
      fault: Fault;
      since: number;
      spent: Spent;
      /** Slow retries made. */
      slow: number;
      step: Trying | Waiting | typeof resting;
    }
);

export const idleMachine: LinkMachine = { phase: 'idle', generation: 0, place: 0, places: 1 };

export type MachineIn<Phase extends LinkMachine['phase']> = Extract<LinkMachine, { phase: Phase }>;

export const totalOf = (spent: Spent): number => spent.resume + spent.rebuild + spent.rejoin + spent.migrate;

/** Numbers whose reports count: of the socket, the peer connection and the attempt that the state holds. */
export function held(machine: LinkMachine): {
  socket: number | null;
  leg: number | null;
  attempt: number | null;
} {
  const attempt = 'step' in machine && machine.step.kind === 'trying' ? machine.step.generation : null;
  switch (machine.phase) {
    case 'idle':
      return { socket: null, leg: null, attempt: null };
    case 'failed':
      return { socket: null, leg: null, attempt };
    case 'connecting':
    case 'live':
    case 'degraded':
    case 'recovering':
      return { socket: machine.socket, leg: machine.leg?.generation ?? null, attempt };
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
      // Not while one of them is being made.
      return machine.step.kind === 'trying' ? null : machine.budget.restoredAt;
    case 'failed':
      return machine.step.kind === 'waiting' ? machine.step.until : null;
    case 'degraded':
      return machine.step.kind === 'waiting' ? machine.step.until : null;
    case 'recovering':
      if (machine.step.kind === 'waiting') return Math.min(machine.step.until, machine.endsAt);
      // A runner that is starting up has said so by opening the socket: that wait has a limit of its own.
      return machine.step.stage === 'waiting' ? null : machine.endsAt;
    default:
      return machine satisfies never;
  }
}
