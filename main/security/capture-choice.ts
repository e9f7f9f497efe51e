/**
 * What the next `getDisplayMedia` captures. A choice serves once: a page that asks again without a new choice
 * of the user gets nothing.
 */
export class CaptureChoice {
  #id: string | null = null;

  choose(id: string): void {
    this.#id = id;
  }

  take(): string | null {
    const id = this.#id;
    this.#id = null;
    return id;
  }
}
