import * as v from 'valibot';
import type { RunnerAnswer } from '../../shared/ipc/runner-channels.ts';
import { keptAnswers, type KeptAnswers } from '../settings/kept-answers.ts';

/** A test's answer, and the token that it was asked with: it tells nothing of another. */
interface Tested {
  token: string | null;
  answer: RunnerAnswer;
}

/**
 * What the runners answered when they were last tested. An answer belongs to an address and a token, and goes with
 * either of them. The tokens stay in here.
 */
export class LastTests {
  readonly #tokenFor: (url: string) => string | null;
  readonly #tested = new Map<string, Tested>();

  /** @param kept Of earlier runs; what was asked with a token that is not there any more is left out. */
  constructor(kept: KeptAnswers, tokenFor: (url: string) => string | null) {
    this.#tokenFor = tokenFor;
    for (const [url, { withToken, answer }] of Object.entries(kept)) {
      const token = tokenFor(url);
      if ((token !== null) === withToken) this.#tested.set(url, { token, answer });
    }
  }

  add(url: string, token: string | null, answer: RunnerAnswer): void {
    this.#tested.set(url, { token, answer });
  }

  /** @returns Nothing when it was not tested with the token that it has now. */
  of(url: string): RunnerAnswer | undefined {
    const tested = this.#tested.get(url);
    return tested?.token === this.#tokenFor(url) ? tested?.answer : undefined;
  }

  /** Forgets what is about other addresses, and other tokens, for good. */
  keepOnly(urls: readonly string[]): void {
    for (const url of this.#tested.keys())
      if (!urls.includes(url) || this.of(url) === undefined) this.#tested.delete(url);
  }

  /** What may be written down of these addresses. */
  kept(urls: readonly string[]): KeptAnswers {
    const entries: Record<string, v.InferInput<typeof keptAnswers>[string]> = {};
    for (const url of urls) {
      const answer = this.of(url);
      if (answer !== undefined) entries[url] = { withToken: this.#tokenFor(url) !== null, answer };
    }
    return v.parse(keptAnswers, entries);
  }
}
