/** One timer that is always set to the next time that matters, and to none when nothing does. */
export class Alarm {
  readonly #clock: () => number;
  readonly #ring: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #at = Infinity;

  constructor(clock: () => number, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /**
   * @param at Milliseconds on the clock; null: never. A time that moves away leaves the timer as it is, which then
   *   rings early, for the caller to set it anew: cheaper than a new timer with each frame.
   */
  set(at: number | null): void {
    if (at !== null && this.#timer !== null && this.#at <= at) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (at === null) return;
    this.#at = at;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        this.#ring();
      },
      Math.max(1, at - this.#clock()),
    );
  }
}
