/** One presented frame: the number read off it (null: unreadable), when, and how many were presented until then. */
export interface Glimpse {
  number: number | null;
  /** `performance.now()`, milliseconds. */
  at: number;
  presentedFrames: number;
}

/** What the page showed in a stretch of time. */
export interface Look {
  /** Frames that were drawn and never shown. */
  missed: number;
  /** Longest time without a new frame, milliseconds; a gap that is still open counts as long as it is. */
  longestGapMs: number;
  /** When the picture moved again after its last standstill; `from` if it never stood still, null if it still does. */
  movesSince: number | null;
  standstills: { from: number; to: number }[];
}

/** Longer than a busy machine's hiccups, shorter than anything that a user would call a standstill. */
const standstillMs = 400;

interface Seen {
  number: number;
  at: number;
  /**
   * Frames that were presented before this one and cannot be told: a callback may come late and find two presented, of
   * which it reads one.
   */
  unread: number;
}

/** The frames that a page showed, in order. */
export class Sightings {
  /** Those that were newer than all before. */
  readonly #new: Seen[] = [];
  #drawn = 0;
  #presented = 0;
  #unread = 0;

  add({ glimpses, drawn }: { glimpses: readonly Glimpse[]; drawn: number }): void {
    this.#drawn = drawn;
    for (const { number, at, presentedFrames } of glimpses) {
      this.#unread += Math.max(0, presentedFrames - this.#presented - 1);
      this.#presented = presentedFrames;
      if (number === null) {
        this.#unread += 1;
      } else if (number > (this.#new.at(-1)?.number ?? 0)) {
        this.#new.push({ number, at, unread: this.#unread });
        this.#unread = 0;
      }
    }
  }

  /** New frames shown so far. */
  get count(): number {
    return this.#new.length;
  }

  /**
   * @param from `performance.now()`, as is `until`: what was shown in between, and what is missing at its end if the
   *   picture stands still then.
   */
  between(from: number, until: number): Look {
    const look: Look = { missed: 0, longestGapMs: 0, movesSince: from, standstills: [] };
    let before = this.#new.findLast(({ at }) => at < from);
    for (const seen of this.#new) {
      if (seen.at < from || seen.at > until) continue;
      if (before !== undefined) {
        look.missed += Math.max(0, seen.number - before.number - 1 - seen.unread);
        const gapMs = seen.at - Math.max(before.at, from);
        look.longestGapMs = Math.max(look.longestGapMs, gapMs);
        if (gapMs > standstillMs) {
          look.movesSince = seen.at;
          look.standstills.push({ from: before.at, to: seen.at });
        }
      }
      before = seen;
    }
    const openMs = until - Math.max(before?.at ?? from, from);
    if (openMs <= standstillMs) return look;
    const missing = before === this.#new.at(-1) ? this.#drawn - (before?.number ?? 0) : 0;
    return {
      ...look,
      missed: look.missed + missing,
      longestGapMs: Math.max(look.longestGapMs, openMs),
      movesSince: null,
    };
  }
}
