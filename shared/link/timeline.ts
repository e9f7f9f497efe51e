/** One line of the link's history, shown to the user and written to the log. */
export interface TimelineEntry {
  /** Epoch milliseconds. */
  at: number;
  what: string;
  why: string | null;
  /** How long what has now ended had lasted, milliseconds: an outage, an attempt, a pause. Null where nothing ended. */
  tookMs: number | null;
}
