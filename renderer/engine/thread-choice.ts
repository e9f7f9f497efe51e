import { figuresForThreads } from './defaults.ts';
import type { LocalModel } from './local-model.ts';
import { threadPlan } from './thread-plan.ts';

/** How many threads each model gets: one until it was measured with one, then what it needs, once and for all. */
export class ThreadChoice {
  readonly #cores: number;
  readonly #chosen = new Map<string, number>();
  readonly #runsMs = new Map<string, number[]>();

  constructor(cores: number) {
    this.#cores = cores;
  }

  planned(runMs: number): number {
    return threadPlan(runMs, this.#cores);
  }

  /** @param present Threads of the worker there is: a model that is not run has no use for another. */
  of({ manifest }: LocalModel, present: number): number {
    return manifest.runtime.identity ? present : (this.#chosen.get(manifest.id) ?? 1);
  }

  /**
   * A model's run time as measured with so many threads.
   *
   * @returns Its threads from now on; null until enough is known.
   */
  measured({ manifest }: LocalModel, threads: number, runMs: number): number | null {
    const known = this.#chosen.get(manifest.id);
    if (known !== undefined || threads !== 1) return known ?? null;
    const runsMs = [...(this.#runsMs.get(manifest.id) ?? []), runMs];
    this.#runsMs.set(manifest.id, runsMs);
    if (runsMs.length < figuresForThreads) return null;
    // The quickest: what else the machine does can only make a run look longer.
    const chosen = this.planned(Math.min(...runsMs));
    this.#chosen.set(manifest.id, chosen);
    return chosen;
  }

  /** It stays with these: others did not work. */
  keep({ manifest }: LocalModel, threads: number): void {
    this.#chosen.set(manifest.id, threads);
  }
}
