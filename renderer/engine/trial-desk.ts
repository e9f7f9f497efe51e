import { type Result, fail, ok } from '../../shared/result.ts';
import { askThrowaway, type Question } from './ask-throwaway.ts';
import type { ThreadChoice } from './thread-choice.ts';
import type { ModelShape, Trial, TrialRequest } from './trial.ts';

export interface TrialDoors {
  createWorker: () => Worker;
  threads: ThreadChoice;
  allowWebGpu: () => boolean;
  /** Ends what is under way. */
  signal: AbortSignal;
}

/** Looks at files that are no models of ours yet, beside the running picture and without a risk for it. */
export class TrialDesk {
  readonly #doors: TrialDoors;

  constructor(doors: TrialDoors) {
    this.#doors = doors;
  }

  /** What a file takes and gives. */
  async inspect(url: string): Promise<Result<ModelShape, string>> {
    const answer = await this.#ask({ type: 'inspect', id: 0, url }, 1);
    if (!answer.ok) return answer;
    return answer.value.type === 'inspected' && answer.value.shape
      ? ok(answer.value.shape)
      : fail(answer.value.problem ?? 'The file cannot be read as a model.');
  }

  /** Whether a model runs here, and how fast, with as many threads as it would get. */
  async try(request: TrialRequest): Promise<Result<Trial, string>> {
    const single = await this.#tryWith(request, 1);
    if (!single.ok) return single;
    const threads = this.#doors.threads.planned(single.value.runMs);
    if (threads === 1) return single;
    const several = await this.#tryWith(request, threads);
    return several.ok && several.value.runMs < single.value.runMs ? several : single;
  }

  async #tryWith(request: TrialRequest, threads: number): Promise<Result<Trial, string>> {
    const answer = await this.#ask({ type: 'try', id: 0, request }, threads);
    if (!answer.ok) return answer;
    return answer.value.type === 'tried' && answer.value.trial
      ? ok(answer.value.trial)
      : fail(answer.value.problem ?? 'The model could not be tried.');
  }

  #ask(question: Question, threads: number): ReturnType<typeof askThrowaway> {
    const { createWorker, allowWebGpu, signal } = this.#doors;
    return askThrowaway({
      createWorker,
      plan: { threads, allowWebGpu: allowWebGpu() },
      question,
      signal,
    });
  }
}
