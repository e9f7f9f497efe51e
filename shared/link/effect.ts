import type { Strategy } from './strategy.ts';

/** What the interpreter has to do, in order. */
export type MachineEffect =
  /** Open a socket to that endpoint, and over it what the strategy needs. */
  | { type: 'dial'; generation: number; by: Strategy | 'connect'; place: number }
  /** Make another peer connection over that socket, in the same session. */
  | { type: 'build'; generation: number; socket: number }
  /**
   * Leave that socket. `goodbye` ends the session on the runner at once; after `cut` the runner keeps it for as
   * long as it keeps lost ones.
   */
  | { type: 'hang-up'; generation: number; how: 'goodbye' | 'cut' }
  | { type: 'close-leg'; generation: number }
  /** Change the pipeline on the live connection. */
  | { type: 'load'; generation: number; pipelineId: string }
  /** Make sure that the socket still reaches its runner, quickly. */
  | { type: 'probe'; generation: number }
  /** Send `wake` at that time (epoch milliseconds), and at no other; null: not at all. */
  | { type: 'wake'; at: number | null }
  /** `tookMs`: how long what has now ended had lasted. */
  | { type: 'tell'; what: string; why: string | null; tookMs: number | null }
  /** Tell the user something that changes no state. */
  | { type: 'notice'; text: string };
