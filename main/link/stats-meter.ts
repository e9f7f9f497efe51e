import { noStats, type LinkStats } from '../../shared/link/status.ts';
import type { RunnerFrames } from '../../shared/wire/server-messages.ts';
import type { Clock } from './clock.ts';
import type { MediaCounters } from './media-port.ts';

/** Runners push their counts about once a second; the first push has no predecessor to measure from. */
const nominalPushMs = 1_000;

/** Turns counters into rates. One connection's figures; `reset` before the next. */
export class StatsMeter {
  readonly #clock: Clock;
  #last: { at: number; counters: MediaCounters } | null = null;
  #pushedAt: number | null = null;
  #stats: LinkStats = noStats;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get stats(): LinkStats {
    return this.#stats;
  }

  reset(): void {
    this.#last = null;
    this.#pushedAt = null;
    this.#stats = noStats;
  }

  /** Rates since the sample before; null at the first one, for want of a predecessor. */
  sample(counters: Readonly<MediaCounters>, rttMs: number | null): void {
    const at = this.#clock.monotonic();
    const last = this.#last;
    // Copied: the leg counts on in the same object.
    this.#last = { at, counters: { ...counters } };
    this.#stats = {
      ...this.#stats,
      rttMs,
      receivedKbps: last && kbps(counters.receivedBytes - last.counters.receivedBytes, at - last.at),
      sentKbps: last && kbps(counters.sentBytes - last.counters.sentBytes, at - last.at),
    };
  }

  /** Takes in the runner's own count of frames. */
  frames(frames: RunnerFrames): void {
    const at = this.#clock.monotonic();
    const elapsed = Math.max(1, this.#pushedAt === null ? nominalPushMs : at - this.#pushedAt);
    this.#pushedAt = at;
    this.#stats = {
      ...this.#stats,
      runnerFpsIn: (frames.in * 1000) / elapsed,
      runnerFpsOut: (frames.out * 1000) / elapsed,
      runnerFpsRepeated: (frames.repeated * 1000) / elapsed,
      inferenceMs: frames.inference_ms ?? null,
    };
  }
}

/** Bits per millisecond are kilobits per second. A leg that was replaced counts from zero again. */
const kbps = (bytes: number, ms: number): number => Math.max(0, (bytes * 8) / Math.max(1, ms));
