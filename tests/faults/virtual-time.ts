import type { Clock as LinkClock, Timer } from '../../main/link/clock.ts';
import type { Clock as RunnerClock } from '../../runner/src/clock.ts';
import { untilQuiet } from './quiet-sockets.ts';

interface Waiting {
  at: number;
  /** Null for a timer that rings once. */
  everyMs: number | null;
  run: () => void;
}

/**
 * One clock for link, runner and what lies between them, all in this process. It moves from one timer to the next,
 * and only when all that was sent has arrived: minutes pass in a blink, and always in the same way.
 */
export class VirtualTime implements LinkClock, RunnerClock {
  #at = 1_000_000;
  readonly #timers = new Set<Waiting>();

  readonly now = (): number => this.#at;
  readonly monotonic = (): number => this.#at;
  readonly random = (): number => 0.5;

  setTimeout(run: () => void, ms: number): Timer {
    return this.#add({ at: this.#at + ms, everyMs: null, run });
  }

  clearTimeout(timer: Timer): void {
    this.#timers.delete(timer as Waiting);
  }

  readonly after = (ms: number, run: () => void): (() => void) => {
    const timer = this.setTimeout(run, ms);
    return () => this.clearTimeout(timer);
  };

  readonly every = (ms: number, run: () => void): (() => void) => {
    const timer = this.#add({ at: this.#at + ms, everyMs: ms, run });
    return () => this.clearTimeout(timer);
  };

  /** Timers that are set. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Lets time pass. Whoever receives something has dealt with it before the next timer rings. */
  async pass(ms: number): Promise<void> {
    const until = this.#at + ms;
    await untilQuiet();
    for (let at = this.#next(until); at !== null; at = this.#next(until)) {
      this.#at = Math.max(this.#at, at);
      this.#ringDue();
      // oxlint-disable-next-line no-await-in-loop -- one moment after the other
      await untilQuiet();
    }
    this.#at = until;
  }

  /** Time passes while this process stands still; then timers ring before anything is read, as in Node's loop. */
  block(ms: number): void {
    this.#at += ms;
    this.#ringDue();
  }

  #next(until: number): number | null {
    const first = Math.min(...[...this.#timers].map(({ at }) => at));
    return first <= until ? first : null;
  }

  /** Each timer that is due rings once, in order. */
  #ringDue(): void {
    const due = [...this.#timers].filter(({ at }) => at <= this.#at).toSorted((a, b) => a.at - b.at);
    for (const timer of due) {
      // An earlier one may have cleared it.
      if (!this.#timers.has(timer)) continue;
      if (timer.everyMs === null) this.#timers.delete(timer);
      else timer.at = this.#at + timer.everyMs;
      timer.run();
    }
  }

  #add(timer: Waiting): Waiting {
    this.#timers.add(timer);
    return timer;
  }
}
