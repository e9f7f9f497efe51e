import type { Clock, Timer } from '../../main/link/clock.ts';

/** A clock that stands still until it is told to move. Chance is always `roll`. */
export class ManualClock implements Clock {
  #at = 1_000_000;
  #count = 0;
  readonly #timers = new Map<number, { at: number; run: () => void }>();
  roll = 0.5;

  now(): number {
    return this.#at;
  }

  monotonic(): number {
    return this.#at;
  }

  random(): number {
    return this.roll;
  }

  setTimeout(run: () => void, ms: number): Timer {
    this.#count += 1;
    this.#timers.set(this.#count, { at: this.#at + ms, run });
    return this.#count;
  }

  clearTimeout(timer: Timer): void {
    this.#timers.delete(timer as number);
  }

  /** Timers that are set. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves on, running each timer at its moment. */
  advance(ms: number): void {
    const until = this.#at + ms;
    for (let next = this.#nextBefore(until); next !== null; next = this.#nextBefore(until)) {
      const [id, { at, run }] = next;
      this.#timers.delete(id);
      this.#at = Math.max(this.#at, at);
      run();
    }
    this.#at = until;
  }

  /** Time passes while nothing can run, as when the event loop is blocked; then every overdue timer fires. */
  block(ms: number): void {
    this.#at += ms;
    this.advance(0);
  }

  #nextBefore(until: number): [number, { at: number; run: () => void }] | null {
    const due = [...this.#timers].filter(([, timer]) => timer.at <= until);
    return due.toSorted(([, a], [, b]) => a.at - b.at)[0] ?? null;
  }
}
