/** A place for one session. */
export interface Slot {
  /** From 0. */
  readonly index: number;
  /** Resolves when whatever was in it before is gone for good: the gate that a newcomer waits at (A41). */
  readonly cleared: Promise<void>;
}

/**
 * The runner's places for sessions. One may be taken as soon as its holder has let go; what is left of the
 * session before may take a while to go, so places that are clear already are given out first.
 */
export class Slots {
  readonly total: number;
  readonly #clear = new Set<number>();
  readonly #clearing = new Map<number, Promise<void>>();

  constructor(total: number) {
    this.total = total;
    for (let index = 0; index < total; index += 1) this.#clear.add(index);
  }

  get free(): number {
    return this.#clear.size + this.#clearing.size;
  }

  /** @returns Null when every place is taken. */
  take(): Slot | null {
    const [clear] = this.#clear;
    if (clear !== undefined) {
      this.#clear.delete(clear);
      return { index: clear, cleared: Promise.resolve() };
    }
    const [next] = this.#clearing;
    if (next === undefined) return null;
    const [index, cleared] = next;
    this.#clearing.delete(index);
    return { index, cleared };
  }

  /** @param gone Resolves when the session is gone; never rejects. */
  release({ index }: Slot, gone: Promise<void>): void {
    this.#clearing.set(index, gone);
    void gone.then(() => {
      // It may have been taken meanwhile.
      if (this.#clearing.get(index) !== gone) return;
      this.#clearing.delete(index);
      this.#clear.add(index);
    });
  }
}
