/** Remembers which of the last `size` packet indices were seen (RFC 3711, 3.3.2). */
export class ReplayWindow {
  readonly #size: number;
  readonly #seen: Float64Array;
  #highest = -1;

  /** @param size A power of two. */
  constructor(size: number) {
    this.#size = size;
    this.#seen = new Float64Array(size).fill(-1);
  }

  /** @param index Up to 2^48, never negative. */
  refuses(index: number): boolean {
    return index + this.#size <= this.#highest || this.#seen[this.#slot(index)] === index;
  }

  record(index: number): void {
    this.#seen[this.#slot(index)] = index;
    if (index > this.#highest) this.#highest = index;
  }

  /** Bitwise operators cut the index to its lower 32 bits, which is all that a power of two needs. */
  #slot(index: number): number {
    return index & (this.#size - 1);
  }
}
