import { pingMs, runSilentPings } from './defaults.ts';

/**
 * Limits runs that do not block their worker, as on a graphics processor: a worker that one of those hangs in still
 * answers its pings. Counts ticks, as `PingWatch` does, so that a computer that slept blames no run.
 */
export class RunLimit {
  /** Told once, of the first run that took too long, as a sentence. Never rejects. */
  readonly exceeded: Promise<string>;
  readonly #tell: (problem: string) => void;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.exceeded = promise;
    this.#tell = resolve;
  }

  /** Whatever becomes of the run is the caller's, also after the limit. */
  async within<Value>(run: () => Promise<Value>): Promise<Value> {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
      if (ticks < runSilentPings) return;
      clearInterval(timer);
      this.#tell(`A run took more than ${(runSilentPings * pingMs) / 1000} s.`);
    }, pingMs);
    try {
      return await run();
    } finally {
      clearInterval(timer);
    }
  }
}
