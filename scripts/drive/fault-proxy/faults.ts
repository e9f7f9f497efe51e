/** Which way something travels: to the runner, or back to whoever dialled. */
export type Towards = 'server' | 'client';

/** What a proxy needs of time. The clocks of the link and of its tests fit. */
export interface FaultClock {
  /** Milliseconds that never jump. */
  monotonic(): number;
  setTimeout(run: () => void, ms: number): object | number;
  clearTimeout(timer: object | number): void;
}

export const realClock: FaultClock = {
  monotonic: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/** What one direction of a TCP connection suffers. */
export interface LaneFaults {
  /** Milliseconds that everything takes on its way. */
  delayMs: number;
  /** Share of segments lost, 0 to below 1. TCP sends them again: nothing is missing, but all that follows waits. */
  loss: number;
  /** Milliseconds until a lost segment is sent again; doubles with each further loss of it. */
  rtoMs: number;
  /** Nothing gets through and nobody is told. What was sent meanwhile arrives when this ends, as with TCP. */
  silent: boolean;
  /** Milliseconds more that the end of the stream takes. */
  endDelayMs: number;
}

export const fairWeather: Readonly<LaneFaults> = {
  delayMs: 0,
  loss: 0,
  // Linux' least, without a round trip, which it adds; RFC 6298 asks for 1 s at least.
  rtoMs: 200,
  silent: false,
  endDelayMs: 0,
};

/** RFC 6298, 2.1: before a round trip was measured. */
export const firstRtoMs = 1_000;

/** What a direction takes in before the sender has to wait, bytes: about what Linux buffers by itself. */
export const windowBytes = 1_048_576;

/** What of a path a change is for. */
export interface Scope {
  /** Absent: both ways. */
  towards?: Towards;
  /** Absent: those that are open and those that will be. */
  connections?: 'open' | 'new';
}
