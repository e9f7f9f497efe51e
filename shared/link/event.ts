import type { Fault } from './fault.ts';
import type { Abilities } from './machine.ts';
import type { Stage } from './state.ts';

/** When an event happened (epoch milliseconds), and its share of chance: a random number in [0, 1). */
export interface Stamp {
  at: number;
  roll: number;
}

/** What the user, or the app on their behalf, wants. */
export type Command =
  | {
      type: 'start';
      /** What differs from the target in force. */
      change: 'endpoint' | 'pipeline' | 'parameters';
      pipelineId: string;
      onFailure: 'show' | 'retry';
      /** Endpoints to choose from; the first is the user's. */
      places: number;
    }
  | { type: 'stop' }
  | { type: 'retry' }
  /** Something happened here after which an open socket proves nothing. */
  | { type: 'nudge'; cause: 'sleep' | 'network' };

/** What happened to the socket, peer connection or attempt of one generation. */
export type Report = { generation: number } & (
  | { type: 'stage'; stage: Stage }
  | { type: 'ready'; can: Abilities }
  /** The runner is being asked for the peer connection: from here on it may let go of the one before. */
  | { type: 'offered' }
  /** The runner gave the lost session back. `media`: its side of the peer connection is still there. */
  | { type: 'resumed'; media: boolean }
  /** The session is gone; the attempt goes on with a new one over the same socket. */
  | { type: 'resume-refused'; reason: string }
  /** The first picture of this attempt reached the page. */
  | { type: 'picture' }
  /**
   * The attempt failed, or the socket was lost. Once per generation. `hopeless`: the same strategy again would
   * meet the same refusal.
   */
  | { type: 'down'; fault: Fault; hopeless?: boolean }
  /** The peer connection that delivered is gone. Once per generation. */
  | { type: 'media-down'; fault: Fault }
  /** Frames are due on the peer connection, and none has come for so long. */
  | { type: 'stalled'; silentMs: number }
  /** They come again. */
  | { type: 'flowing' }
  /** The runner leaves. `place`: index of the endpoint it names; null: none. */
  | { type: 'goaway'; deadlineMs: number; place: number | null; places: number }
  | { type: 'loaded'; pipelineId: string }
  | { type: 'load-refused'; pipelineId: string; fault: Fault }
);

export type MachineEvent = Stamp & (Command | Report | { type: 'wake'; due: number });

export type EventOf<Type extends MachineEvent['type']> = Extract<MachineEvent, { type: Type }>;
