import type { I420Frame } from './i420-frame.ts';

/**
 * The place before the model: one frame is being transformed, at most one waits, and that is the newest.
 * A queue would only show the past later.
 */
export class NewestFrame {
  readonly #send: (frame: I420Frame) => void;
  #busy = false;
  #waiting: I420Frame | null = null;
  #replaced = 0;

  /** @param send Starts a run and takes the frame's buffer over; `finished` is to be called after it. */
  constructor(send: (frame: I420Frame) => void) {
    this.#send = send;
  }

  /** Copies the frame: its owner may write into it again. */
  offer(frame: I420Frame): void {
    if (!this.#busy) {
      this.#start(copyOf(frame, null));
      return;
    }
    if (this.#waiting) this.#replaced += 1;
    this.#waiting = copyOf(frame, this.#waiting);
  }

  finished(): void {
    const next = this.#waiting;
    this.#waiting = null;
    this.#busy = false;
    if (next) this.#start(next);
  }

  /** Forgets the frame that waits. */
  clear(): void {
    if (this.#waiting) this.#replaced += 1;
    this.#waiting = null;
  }

  /** How many frames made way for newer ones since the last call. */
  takeReplaced(): number {
    const replaced = this.#replaced;
    this.#replaced = 0;
    return replaced;
  }

  #start(frame: I420Frame): void {
    this.#busy = true;
    this.#send(frame);
  }
}

function copyOf({ width, height, data }: I420Frame, spare: I420Frame | null): I420Frame {
  const target = spare?.data.length === data.length ? spare.data : new Uint8Array(data.length);
  target.set(data);
  return { width, height, data: target };
}
