import { setTimeout as pause } from 'node:timers/promises';
import { soakDefaults } from './defaults.ts';
import type { Stage } from './stage.ts';

/** Looks at status, page and runner all the time, and remembers the first promise that was broken. */
export class Witness {
  /** What was broken, in words; null as long as nothing was. */
  problem: string | null = null;
  /** When the link was last seen other than live and moving, `performance.now()`. */
  troubleAt: number;
  /** When the latest look was over, `performance.now()`. */
  lookedAt: number;
  maxLegs = 0;
  /** Longest time that the picture stood still while the link called itself live, milliseconds. */
  longestFreezeMs = 0;
  readonly #stage: Stage;
  #frames = 0;
  #movedAt: number;
  #doubledSince: number | null = null;
  #watching: Promise<unknown> = Promise.resolve();
  #state: 'watching' | 'done' = 'watching';

  constructor(stage: Stage) {
    this.#stage = stage;
    const now = performance.now();
    [this.troubleAt, this.#movedAt, this.lookedAt] = [now, now, now];
  }

  start(): void {
    this.#watching = Promise.all([this.#every(() => this.#look()), this.#every(() => this.#askRunners())]);
  }

  async stop(): Promise<void> {
    this.#state = 'done';
    await this.#watching;
  }

  async #every(look: () => Promise<void>): Promise<void> {
    while (this.#state === 'watching' && this.problem === null) {
      try {
        await look();
      } catch (error) {
        this.#blame(`The look failed: ${String(error)}`);
      }
      await pause(soakDefaults.lookMs);
    }
  }

  async #look(): Promise<void> {
    const { chronicle, legs, page } = this.#stage;
    const frames = await page.read<number>('frames');
    const now = performance.now();
    // Nobody can tell what the picture did while nobody looked.
    if (frames !== this.#frames || now - this.lookedAt > soakDefaults.lateLookMs) this.#movedAt = now;
    this.#frames = frames;
    this.lookedAt = now;
    const { liveSince, state } = chronicle;
    const isLoading = state.phase === 'live' && state.loading !== null;
    const stillMs = now - this.#movedAt;
    if (liveSince === null || isLoading || stillMs > soakDefaults.standstillMs) this.troubleAt = now;
    // A break may be over before anybody looks.
    else this.troubleAt = Math.max(this.troubleAt, liveSince);
    if (liveSince !== null) this.#judge(Math.min(stillMs, now - liveSince));
    this.maxLegs = Math.max(this.maxLegs, legs.open);
    if (legs.open > soakDefaults.maxLegs) this.#blame(`${legs.open} peer connections are open at once`);
  }

  /** @param frozenMs How long the picture has stood still while the link was live. */
  #judge(frozenMs: number): void {
    this.longestFreezeMs = Math.max(this.longestFreezeMs, frozenMs);
    if (frozenMs > soakDefaults.silentFreezeMs)
      this.#blame(`The picture has stood still for ${Math.round(frozenMs)} ms, and the link is called live`);
  }

  async #askRunners(): Promise<void> {
    const held = await this.#stage.holdings();
    if (held.attached < 2) this.#doubledSince = null;
    else this.#doubledSince ??= performance.now();
    if (this.#doubledSince !== null && performance.now() - this.#doubledSince > soakDefaults.twoSessionsMs)
      this.#blame(`There have been ${held.attached} sessions with a socket for too long`);
  }

  #blame(problem: string): void {
    this.problem ??= problem;
    this.#stage.chronicle.note(`BROKEN: ${problem}`);
  }
}
