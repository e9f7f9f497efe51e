import type { Page } from 'playwright';
import { setTimeout as pause } from 'node:timers/promises';
import { readRecord } from '../drive/watch-page.ts';
import type { Chronicle } from './chronicle.ts';
import type { Terminal } from './terminal.ts';

const everyMs = 400;

/** Keeps the progress line fresh, tells what the app's timeline says, and paces the story. */
export class Ticker {
  readonly #page: Page;
  readonly #terminal: Terminal;
  readonly #chronicle: Chronicle;
  /** While the story streams; before, there is nothing to pace. */
  #pace: { beganAt: number; seconds: number } | null = null;
  #timelineTold = 0;
  #framesBefore = 0;
  #looking = false;
  readonly #timer: NodeJS.Timeout;

  constructor(page: Page, terminal: Terminal, chronicle: Chronicle) {
    this.#page = page;
    this.#terminal = terminal;
    this.#chronicle = chronicle;
    this.#timer = setInterval(() => this.#tick(), everyMs);
  }

  /** From now on the story streams, for that many seconds. */
  begin(seconds: number): void {
    this.#pace = { beganAt: performance.now(), seconds };
  }

  /** Waits until that share of the story's time has passed; not at all when it has. */
  async until(share: number): Promise<void> {
    if (!this.#pace) throw new Error('The story has not begun.');
    const { beganAt, seconds } = this.#pace;
    const left = share * seconds * 1000 - (performance.now() - beganAt);
    if (left > 0) await pause(left);
  }

  /** Tells at once whatever the app's timeline has said by now. */
  async catchUp(): Promise<void> {
    await this.#look();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    if (this.#looking) return;
    this.#looking = true;
    this.#look()
      .catch((error: unknown) => this.#terminal.line(`The page could not be looked at: ${String(error)}`))
      .finally(() => {
        this.#looking = false;
      });
  }

  async #look(): Promise<void> {
    const { timeline, phases, framesShown } = await readRecord(this.#page);
    for (const entry of timeline.slice(this.#timelineTold)) this.#chronicle.linkSaid(entry);
    this.#timelineTold = timeline.length;
    const moving = framesShown > this.#framesBefore ? 'picture moves' : 'picture stands';
    this.#framesBefore = framesShown;
    if (!this.#pace) return;
    this.#terminal.progress({
      done: (performance.now() - this.#pace.beganAt) / 1000,
      of: this.#pace.seconds,
      text: `${phases.at(-1)?.phase ?? 'live'} · ${moving} · ${framesShown} frames shown`,
    });
  }
}
