import type { World, WorldOptions } from './world.ts';

/** What a run shows of a fault, and how it came out. */
export interface Run {
  /** From the fault until the client believed that something was wrong; null if it never did. */
  detectMs: number | null;
  /** From the fault until the client was live and the picture moved, for good; null if that took too long. */
  recoverMs: number | null;
  /** Frames that were drawn since the fault and never shown. */
  missed: number;
  longestGapMs: number;
  attempts: number;
  /** From the fault until whatever it takes was there again, such as a restarted runner that listens. */
  backMs: number | null;
  /** The same figures for the seconds before the fault: what this machine does to frames by itself. */
  before: { missed: number; longestGapMs: number };
  /** What the client went through, in milliseconds since the fault. */
  story: string[];
}

/** One figure of all runs of a fault, milliseconds or frames; null counts as more than anything. */
export interface Aim {
  of: 'detectMs' | 'recoverMs' | 'missed' | 'longestGapMs' | 'afterBackMs';
  /** Whether the worst run must keep to it, or the run in the middle. */
  which: 'worst' | 'median';
  atMost: number;
}

export interface Fault {
  name: string;
  world?: Partial<Pick<WorldOptions, 'through' | 'next' | 'runnerArgs' | 'size'>>;
  /**
   * Makes it happen, at once when called.
   *
   * @returns Resolves when its cause is over and whatever a client needs is there; what stays broken for good is over
   *   at once.
   */
  strike(world: World): Promise<unknown> | void;
  /** How long it has to be whole before it counts as recovered; a second where nothing can come of it later. */
  steadyMs?: number;
  /**
   * `long`: a client without a watchdog waits for minutes, so it gets fewer runs, side by side.
   * `spread`: when it strikes matters, so runs differ in that.
   */
  manner?: ('long' | 'spread')[];
  aim?: Aim;
}
