/** Counts what is open from each address. */
export class ConnectionCount {
  readonly #limit: number;
  readonly #open = new Map<string, number>();

  /** @param limit How many one address may have; 0 for any number. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many addresses have something open. */
  get addresses(): number {
    return this.#open.size;
  }

  /** @returns What gives the place back, to be called once; null when the address has all it may have. */
  take(address: string): (() => void) | null {
    const open = this.#open.get(address) ?? 0;
    if (this.#limit > 0 && open >= this.#limit) return null;
    this.#open.set(address, open + 1);
    return () => {
      const left = (this.#open.get(address) ?? 1) - 1;
      if (left > 0) this.#open.set(address, left);
      else this.#open.delete(address);
    };
  }
}
