import { pingMs } from './defaults.ts';

/**
 * Whether somebody at the other end still answers. Counts its own ticks instead of looking at a clock: a page that
 * was blocked, or a computer that slept, has missed the answers that wait for it, and must not blame the other end.
 */
export class PingWatch {
  readonly #ping: (id: number) => void;
  readonly #silent: (seconds: number) => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #id = 0;
  /** Ticks since the ping that is out; null when none is. */
  #waited: number | null = null;
  #silentPings = 0;
  /** Answered pings until it stops by itself. */
  #rounds = 0;

  /**
   * @param ping Sends one.
   * @param silent Nothing came back for so many seconds; the watch has stopped.
   */
  constructor(ping: (id: number) => void, silent: (seconds: number) => void) {
    this.#ping = ping;
    this.#silent = silent;
  }

  /**
   * Watches from now on; called again, by these numbers and for so many more rounds.
   *
   * @param silentPings Ticks without an answer that mean silence.
   * @param rounds Answered pings after which it stops, so that nothing wakes an app at rest; Infinity for never.
   */
  watch(silentPings: number, rounds: number): void {
    // What was waited while more was allowed is not held against what comes now.
    if (this.#waited !== null && silentPings < this.#silentPings) this.#waited = 0;
    this.#silentPings = silentPings;
    this.#rounds = rounds;
    if (this.#timer === null) this.#send();
  }

  pong(id: number): void {
    if (id !== this.#id || this.#waited === null) return;
    this.#waited = null;
    this.#rounds -= 1;
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waited = null;
  }

  #send(): void {
    this.#id += 1;
    this.#waited = 0;
    this.#ping(this.#id);
    this.#tickLater();
  }

  #tickLater(): void {
    this.#timer = setTimeout(() => this.#tick(), pingMs);
  }

  #tick(): void {
    this.#timer = null;
    if (this.#waited === null) {
      if (this.#rounds > 0) this.#send();
      return;
    }
    this.#waited += 1;
    if (this.#waited < this.#silentPings) {
      this.#tickLater();
      return;
    }
    this.#waited = null;
    this.#silent((this.#silentPings * pingMs) / 1000);
  }
}
