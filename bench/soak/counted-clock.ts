import { systemClock, type Clock, type Timer } from '../../main/link/clock.ts';

/**
 * The system's clock, which knows the timers that are set and neither due nor cleared. Node lists only those that
 * keep a process alive.
 */
export class CountedClock implements Clock {
  readonly #pending = new Set<Timer>();

  readonly now = (): number => systemClock.now();
  readonly monotonic = (): number => systemClock.monotonic();
  readonly random = (): number => systemClock.random();

  get pending(): number {
    return this.#pending.size;
  }

  readonly setTimeout = (run: () => void, ms: number): Timer => {
    const timer = systemClock.setTimeout(() => {
      this.#pending.delete(timer);
      run();
    }, ms);
    this.#pending.add(timer);
    return timer;
  };

  readonly clearTimeout = (timer: Timer): void => {
    this.#pending.delete(timer);
    systemClock.clearTimeout(timer);
  };
}
