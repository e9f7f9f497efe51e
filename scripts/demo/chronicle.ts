import type { TimelineEntry } from '../../shared/link/timeline.ts';
import type { DemoEvent } from './report.ts';
import { eventLine, type Terminal } from './terminal.ts';

/** What happened, told as it happens. */
export class Chronicle {
  readonly #terminal: Terminal;
  readonly #beganAt = Date.now();
  readonly #events: DemoEvent[] = [];

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** In the order in which it happened. */
  get events(): DemoEvent[] {
    return this.#events.toSorted((a, b) => a.atMs - b.atMs);
  }

  readonly tell = (what: string, why: string | null = null): void => this.#add(Date.now(), what, why);

  /** What the app's own timeline says. */
  linkSaid({ at, what, why }: TimelineEntry): void {
    this.#add(at, `Link: ${what}`, why);
  }

  #add(at: number, what: string, why: string | null): void {
    const event = { atMs: Math.max(0, at - this.#beganAt), what, why };
    this.#events.push(event);
    this.#terminal.line(eventLine(event));
  }
}
