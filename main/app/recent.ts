/** The newest of what was said, for a window that was not there to hear it. */
export class Recent<Item> {
  readonly #max: number;
  #items: Item[] = [];

  constructor(max: number) {
    this.#max = max;
  }

  add(...items: readonly Item[]): void {
    this.#items = [...this.#items, ...items].slice(-this.#max);
  }

  /** The newest last. A copy. */
  all(): Item[] {
    return structuredClone(this.#items);
  }
}
