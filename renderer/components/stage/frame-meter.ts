/** Frames presented and their rate. Chromium's own counter is used: callbacks may skip frames, it doesn't. */
export class FrameMeter {
  #total = 0;
  #lastPresented = 0;
  #readAtMs: number | null = null;
  #readTotal = 0;

  get total(): number {
    return this.#total;
  }

  /** @param presentedFrames As the browser counts them; it starts again when the stream is replaced. */
  presented(presentedFrames: number): void {
    this.#total += presentedFrames > this.#lastPresented ? presentedFrames - this.#lastPresented : 1;
    this.#lastPresented = presentedFrames;
  }

  /**
   * Frames per second since the last reading; 0 at the first.
   *
   * @param nowMs Monotonic milliseconds.
   */
  read(nowMs: number): number {
    const spanMs = this.#readAtMs === null ? 0 : nowMs - this.#readAtMs;
    const frames = this.#total - this.#readTotal;
    this.#readAtMs = nowMs;
    this.#readTotal = this.#total;
    return spanMs > 0 ? (frames * 1000) / spanMs : 0;
  }
}
