import type { Strategy } from './machine.ts';

/** What the interpreter has to do, in order. */
export type MachineEffect =
  | { type: 'attempt'; generation: number; strategy: Strategy }
  /** Leave that connection. `keep`: its media may go on feeding the page until a new one takes over. */
  | { type: 'leave'; generation: number; media: 'keep' | 'close' }
  /** Nothing will take over: close whatever media was kept. */
  | { type: 'drop-media' }
  /** Change the pipeline on the live connection. */
  | { type: 'load'; generation: number; pipelineId: string }
  /** Send `wake` at that time (epoch milliseconds), and at no other; null: not at all. */
  | { type: 'wake'; at: number | null }
  | { type: 'tell'; what: string; why: string | null }
  /** Tell the user something that changes no state. */
  | { type: 'notice'; text: string };
