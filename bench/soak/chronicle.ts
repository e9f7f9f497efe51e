import type { LinkEvent } from '../../main/link/host.ts';
import type { LinkState } from '../../shared/link/state.ts';

/** Enough for the story of the fault at hand. All of half an hour would look like a leak. */
const keptLines = 150;

/** The timeline's words for an attempt of each kind, without its number. */
const attemptWords =
  /^(.*), attempt \d+ of \d+$|^(Setting up video beside the old|Making a session elsewhere)$/;

/** What the link tells of itself, as far as a soak wants to know. */
export class Chronicle {
  state: LinkState = { phase: 'idle' };
  /** Since when the state is `live` without a break, `performance.now()`; null while it is not. */
  liveSince: number | null = null;
  /** Attempts by what was tried. */
  readonly attempts = new Map<string, number>();
  /** How often the link gave up, for the time being. */
  failures = 0;
  readonly #lines: { at: number; text: string }[] = [];
  readonly #startedAt = performance.now();

  hear(event: LinkEvent): void {
    switch (event.type) {
      case 'status':
        this.#changed(event.status.state);
        break;
      case 'timeline': {
        const { what, why } = event.entry;
        const [, counted, beside] = attemptWords.exec(what) ?? [];
        const tried = counted ?? beside;
        if (tried !== undefined) this.attempts.set(tried, (this.attempts.get(tried) ?? 0) + 1);
        this.note(why === null ? what : `${what}: ${why}`);
        break;
      }
      case 'notice':
        this.note(`(notice) ${event.text}`);
        break;
      case 'pipelines':
      case 'logs':
      case 'resumable':
        break;
      default:
        event satisfies never;
    }
  }

  note(text: string): void {
    this.#lines.push({ at: performance.now(), text });
    if (this.#lines.length > keptLines) this.#lines.shift();
  }

  /**
   * The latest, for whoever has to find out what went wrong.
   *
   * @param since `performance.now()`
   */
  story(since = 0): string {
    return this.#lines
      .flatMap(({ at, text }) => (at < since ? [] : `${this.#clock(at)}  ${text}`))
      .join('\n');
  }

  #clock(at: number): string {
    return `${((at - this.#startedAt) / 1_000).toFixed(2).padStart(8)} s`;
  }

  #changed(state: LinkState): void {
    const { phase } = state;
    const step = stepOf(state);
    if (step !== stepOf(this.state)) this.note(`(${step})`);
    if (phase !== this.state.phase) {
      this.liveSince = phase === 'live' ? performance.now() : null;
      if (phase === 'failed') this.failures += 1;
    }
    this.state = state;
  }
}

/** Phase and what it waits for. */
function stepOf(state: LinkState): string {
  return 'stage' in state && state.stage !== null ? `${state.phase}: ${state.stage}` : state.phase;
}
