/** Lets whoever needs the page's media wait until it is attached. */
export class PageGate {
  #attached = Promise.withResolvers<void>();

  constructor(open: boolean) {
    if (open) this.open();
  }

  /** Resolves when the page is attached: at once if it is. */
  get attached(): Promise<void> {
    return this.#attached.promise;
  }

  open(): void {
    this.#attached.resolve();
  }

  shut(): void {
    // Those who wait already go on waiting for the next page.
    const before = this.#attached;
    this.#attached = Promise.withResolvers<void>();
    void this.#attached.promise.then(() => before.resolve());
  }
}
