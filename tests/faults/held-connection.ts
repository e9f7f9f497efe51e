import type { Clock } from '../../main/link/clock.ts';
import { connectSignalling } from '../../main/link/connect-signalling.ts';
import { linkDefaults, type LinkSettings } from '../../main/link/defaults.ts';
import type { Signalling } from '../../main/link/signalling.ts';
import type { Fault } from '../../shared/link/fault.ts';

export interface HoldOptions {
  clock: Clock;
  settings?: Partial<LinkSettings>;
}

/** A connection of the app's to a runner that nobody does anything with, and what is told of it. */
export class HeldConnection {
  readonly losses: { fault: Fault; at: number }[] = [];
  readonly roundTripsMs: number[] = [];
  readonly #lost = Promise.withResolvers<Fault>();
  readonly #clock: Clock;
  #waiting: (() => void)[] = [];
  #signalling: Signalling | null = null;

  private constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves once the runner is ready. */
  static async open(url: string, { clock, settings = {} }: HoldOptions): Promise<HeldConnection> {
    const held = new HeldConnection(clock);
    const outcome = await connectSignalling({
      url,
      token: null,
      clock,
      settings: { ...linkDefaults, ...settings },
      abort: new AbortController().signal,
      listener: {
        opened: () => undefined,
        lost: (fault) => held.#lose(fault),
        push: () => undefined,
        roundTrip: (ms) => held.#measured(ms),
        log: () => undefined,
      },
    });
    if (!outcome.ok) throw new Error(`not connected: ${outcome.problem.kind}`);
    held.#signalling = outcome.value.signalling;
    return held;
  }

  get lost(): Promise<Fault> {
    return this.#lost.promise;
  }

  /** Resolves when this many pings more were answered. */
  async answered(count = 1): Promise<void> {
    const enough = this.roundTripsMs.length + count;
    while (this.roundTripsMs.length < enough)
      // oxlint-disable-next-line no-await-in-loop -- one answer after the other
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
  }

  /** Asks at once, as after the computer woke up. */
  probe(): void {
    this.#signalling?.probe();
  }

  async close(): Promise<void> {
    await this.#signalling?.cut();
  }

  #lose(fault: Fault): void {
    this.losses.push({ fault, at: this.#clock.monotonic() });
    this.#lost.resolve(fault);
  }

  #measured(ms: number): void {
    this.roundTripsMs.push(ms);
    for (const resume of this.#waiting.splice(0)) resume();
  }
}
