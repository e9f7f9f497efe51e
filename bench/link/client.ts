/** One change of what a client believes of its link. */
export interface Mark {
  /** `performance.now()`, milliseconds. */
  at: number;
  /** Whether it believes that all is well. */
  isLive: boolean;
  /** What it is at, in a few words. */
  note: string;
}

/** Whoever keeps the page connected to a runner. */
export interface Client {
  /** Every change so far, the latest last. */
  readonly marks: readonly Mark[];
  /** What it told its user besides, for whoever wants to know where the time went. */
  readonly told: readonly { at: number; text: string }[];
  /** Attempts to come back so far. */
  readonly attempts: number;
  /** The page's offer; resolves with the answer to it. */
  attachPage(offer: string): Promise<string>;
  /** @param urls Of the runner, and of others where it may go instead. */
  start(urls: readonly string[]): void;
  close(): Promise<void>;
}

export const pipelineId = 'passthrough';
