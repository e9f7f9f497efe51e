import type { Fault } from './fault.ts';
import type { Stage } from './state.ts';

/** When an event happened (epoch milliseconds), and its share of chance: a random number in [0, 1). */
export interface Stamp {
  at: number;
  roll: number;
}

/** What the user, or the app on their behalf, wants. */
export type Command =
  /** `change`: what differs from the target in force. */
  | {
      type: 'start';
      change: 'endpoint' | 'pipeline' | 'parameters';
      pipelineId: string;
      onFailure: 'show' | 'retry';
    }
  | { type: 'stop' }
  | { type: 'retry' };

/** What happened to the connection of one generation. */
export type Report = { generation: number } & (
  | { type: 'stage'; stage: Stage }
  /** The first picture of this connection reached the page. */
  | { type: 'picture' }
  /** The attempt failed, or the live connection was lost. Once per generation. */
  | { type: 'down'; fault: Fault }
  | { type: 'loaded'; pipelineId: string }
  | { type: 'load-refused'; pipelineId: string; fault: Fault }
);

export type MachineEvent = Stamp & (Command | Report | { type: 'wake'; due: number });
