import type { ParameterValues } from '../../shared/wire/parameters.ts';

/**
 * The running pipeline's values as the user last set them. Everything is copied on the way in and out. Each peer
 * connection has a feed of its own, because each has to hear of every change once, in its offer or after it.
 */
export class Parameters {
  #values: ParameterValues = {};
  /** When each was last changed, in changes counted from 1. */
  readonly #changedAt = new Map<string, number>();
  #changes = 0;

  /** Exactly these from now on, all of them still to be told. */
  replace(values: ParameterValues): void {
    this.#values = {};
    this.#changedAt.clear();
    this.merge(values);
  }

  /**
   * Another set takes the place of this one. What was told through `told` counts as known to every feed, for it
   * is known to the runner.
   */
  adopt(other: Parameters, told: ParameterFeed): void {
    const waiting = told.waiting();
    this.#values = structuredClone(other.#values);
    this.#changedAt.clear();
    this.#changes += 1;
    for (const name of Object.keys(this.#values)) {
      this.#changedAt.set(name, name in waiting ? this.#changes : 0);
    }
  }

  /** Last write wins, value by value. */
  merge(values: ParameterValues): void {
    this.#values = { ...this.#values, ...structuredClone(values) };
    this.#changes += 1;
    for (const name of Object.keys(values)) this.#changedAt.set(name, this.#changes);
  }

  /** Whether the user has paused the pipeline: then no picture is due. */
  get paused(): boolean {
    return this.#values['paused'] === true;
  }

  /** A listener that has heard of nothing yet. */
  feed(): ParameterFeed {
    return new ParameterFeed({
      changes: () => this.#changes,
      since: (change) => this.#since(change),
    });
  }

  #since(change: number): ParameterValues {
    const changed = Object.entries(this.#values).filter(
      ([name]) => (this.#changedAt.get(name) ?? 0) > change,
    );
    return structuredClone(Object.fromEntries(changed));
  }
}

interface FeedSource {
  changes(): number;
  /** Values changed after that change; all of them for -1. */
  since(change: number): ParameterValues;
}

/** What one peer connection has been told of the parameters, and what still waits for it, merged. */
export class ParameterFeed {
  readonly #source: FeedSource;
  #told = -1;

  constructor(source: FeedSource) {
    this.#source = source;
  }

  /** All values, for an offer. The runner knows them then, so nothing waits any more. */
  takeAll(): ParameterValues {
    this.#told = this.#source.changes();
    return this.#source.since(-1);
  }

  waiting(): ParameterValues {
    return this.#source.since(this.#told);
  }

  /** Hands what waits to `send`; it goes on waiting when `send` says no. */
  flush(send: (text: string) => boolean): void {
    const waiting = this.waiting();
    const changes = this.#source.changes();
    if (Object.keys(waiting).length === 0) return;
    if (send(JSON.stringify(waiting))) this.#told = changes;
  }
}
