import { firstRtoMs, windowBytes, type FaultClock, type LaneFaults } from './faults.ts';
import { retransmissionMs } from './retransmission.ts';

/** What travels: the start of a connection, bytes, the end of the stream, or the word that it broke. */
export type Cargo = { kind: 'open' } | { kind: 'bytes'; bytes: Buffer } | { kind: 'end' } | { kind: 'reset' };

export interface LaneOptions {
  clock: FaultClock;
  faults: Readonly<LaneFaults>;
  /** In the clock's monotonic milliseconds. */
  stalledUntil: number;
  random: () => number;
  /** Hands over; false: the receiver takes no more until `drained`. */
  deliver(cargo: Cargo): boolean;
  /** The sender has to wait, or may go on. */
  full(full: boolean): void;
}

/** One direction of a connection: takes cargo in and hands it over later, in order. */
export class Lane {
  readonly #options: LaneOptions;
  /** Whatever is due waits for what came before it. */
  readonly #queue: { cargo: Cargo; dueAt: number }[] = [];
  #faults: LaneFaults;
  #stalledUntil: number;
  #heldBytes = 0;
  #timer: object | number | null = null;
  #receiver: 'ready' | 'busy' = 'ready';
  /** `ending`: the last cargo is on its way, whatever follows is dropped. */
  #state: 'open' | 'ending' | 'stopped' = 'open';

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#faults = { ...options.faults };
    this.#stalledUntil = options.stalledUntil;
  }

  push(cargo: Cargo): void {
    if (this.#state !== 'open') return;
    if (cargo.kind === 'end' || cargo.kind === 'reset') this.#state = 'ending';
    const dueAt = this.#options.clock.monotonic() + this.#faults.delayMs + this.#lateMs(cargo);
    this.#queue.push({ cargo, dueAt });
    this.#hold(sizeOf(cargo));
    this.#proceed();
  }

  change(faults: Partial<LaneFaults>): void {
    this.#faults = { ...this.#faults, ...faults };
    this.#proceed();
  }

  /** Everything is held back until then. @param until In the clock's monotonic milliseconds. */
  stallUntil(until: number): void {
    this.#stalledUntil = until;
    this.#proceed();
  }

  drained(): void {
    this.#receiver = 'ready';
    this.#proceed();
  }

  /** Drops what is under way; no timer is left. */
  stop(): void {
    this.#state = 'stopped';
    this.#queue.length = 0;
    this.#hold(-this.#heldBytes);
    this.#clearTimer();
  }

  #lateMs(cargo: Cargo): number {
    const { loss, rtoMs, endDelayMs } = this.#faults;
    const rto = cargo.kind === 'open' ? Math.max(firstRtoMs, rtoMs) : rtoMs;
    const late = retransmissionMs({ loss, rtoMs: rto }, sizeOf(cargo), this.#options.random);
    return cargo.kind === 'end' ? late + endDelayMs : late;
  }

  #hold(bytes: number): void {
    const before = this.#heldBytes;
    this.#heldBytes += bytes;
    const [was, is] = [before >= windowBytes, this.#heldBytes >= windowBytes];
    if (was !== is) this.#options.full(is);
  }

  /** Hands over all that is due, and sets the one timer for what comes next. */
  #proceed(): void {
    this.#clearTimer();
    while (this.#receiver === 'ready' && !this.#faults.silent) {
      const [next] = this.#queue;
      if (next === undefined) return;
      const waitMs = Math.max(next.dueAt, this.#stalledUntil) - this.#options.clock.monotonic();
      if (waitMs > 0) {
        this.#timer = this.#options.clock.setTimeout(() => this.#proceed(), waitMs);
        return;
      }
      this.#queue.shift();
      // Before the receiver's answer: it may come back into this method.
      if (!this.#options.deliver(next.cargo)) this.#receiver = 'busy';
      this.#hold(-sizeOf(next.cargo));
    }
  }

  #clearTimer(): void {
    if (this.#timer !== null) this.#options.clock.clearTimeout(this.#timer);
    this.#timer = null;
  }
}

const sizeOf = (cargo: Cargo): number => (cargo.kind === 'bytes' ? cargo.bytes.length : 0);
