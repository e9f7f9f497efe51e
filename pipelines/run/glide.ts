import { glideEndShare, glideTimeConstants } from './defaults.ts';

/**
 * A value on its way to another: a slider that is dragged in steps of a network's pace must not make the
 * picture jump. Writes into `current` in place, as that is the model's input.
 */
export class Glide {
  readonly current: Float32Array;
  #target: readonly number[];
  readonly #smoothMs: number;

  /** @param smoothMs Milliseconds for 95 % of the way; 0 jumps. */
  constructor(start: readonly number[], smoothMs: number) {
    this.current = Float32Array.from(start);
    this.#target = start;
    this.#smoothMs = smoothMs;
  }

  moveTo(target: readonly number[]): void {
    this.#target = target;
  }

  /** @param elapsedMs Milliseconds since the last step. */
  step(elapsedMs: number): void {
    const share = this.#smoothMs === 0 ? 1 : 1 - Math.exp((-elapsedMs * glideTimeConstants) / this.#smoothMs);
    this.#target.forEach((target, index) => {
      const distance = target - this.current[index]!;
      const left = Math.abs(distance) * (1 - share);
      const done = left <= glideEndShare * Math.max(1, Math.abs(target));
      this.current[index] = done ? target : this.current[index]! + distance * share;
    });
  }
}
