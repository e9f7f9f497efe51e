/** Reloads within {@link windowMs}: a page that crashes at once every time must not spin for ever. */
const reloads = 3;
const windowMs = 60_000;

/** How often a crashed page is loaded anew. */
export class CrashBudget {
  #spent: number[] = [];

  /**
   * @param now Milliseconds of any clock.
   * @returns Whether there was one left.
   */
  spend(now: number): boolean {
    this.#spent = this.#spent.filter((at) => now - at < windowMs);
    if (this.#spent.length >= reloads) return false;
    this.#spent.push(now);
    return true;
  }
}
