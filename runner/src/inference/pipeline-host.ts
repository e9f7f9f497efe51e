import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ParameterValues } from '../../../shared/wire/parameters.ts';
import type { I420Frame } from './i420-frame.ts';
import { PipelineSession } from './pipeline-session.ts';
import { readModel } from './read-model.ts';
import type { LoadOutcome, ToWorker, WorkerSetup } from './worker-messages.ts';

type LoadRequest = Pick<Extract<ToWorker, { type: 'load' }>, 'pipelineId' | 'parameters' | 'providers'>;

/**
 * Holds the loaded model inside the worker. A new one is prepared beside the present one, which goes on
 * answering frames until the new one is ready, and stays when it is not.
 */
export class PipelineHost {
  readonly #setup: WorkerSetup;
  readonly #log: (line: string) => void;
  #current: PipelineSession | null = null;
  /** Parameters set while a load is under way; the new model must not miss them. */
  #sinceLoad: ParameterValues = {};
  #reportedFailure = '';
  /** Runs and replacements, one after the other: a session must not be closed under its run. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(setup: WorkerSetup, log: (line: string) => void) {
    this.#setup = setup;
    this.#log = log;
  }

  /** Calls must not overlap. */
  async load({ pipelineId, parameters, providers }: LoadRequest): Promise<LoadOutcome> {
    this.#sinceLoad = {};
    const model = await readModel(this.#setup.modelDirs, pipelineId);
    if (!model.ok) return model;
    if (model.value.manifest.runtime.identity) {
      await this.#replace(null);
      return ok({ route: 'identity', provider: null });
    }
    const opened = await PipelineSession.open(model.value, {
      parameters,
      providers,
      intraOpThreads: this.#setup.intraOpThreads,
      now: () => performance.now(),
      log: this.#log,
    });
    if (!opened.ok) return opened;
    opened.value.setParameters(this.#sinceLoad);
    await this.#replace(opened.value);
    return ok({ route: 'model', provider: opened.value.provider });
  }

  unload(): Promise<void> {
    return this.#replace(null);
  }

  setParameters(values: ParameterValues): void {
    this.#sinceLoad = { ...this.#sinceLoad, ...values };
    this.#current?.setParameters(values);
  }

  /** @returns A problem when the model failed on this frame; null in it when none is loaded. */
  process(frame: I420Frame): Promise<Result<{ frame: I420Frame; runMs: number }, string | null>> {
    return this.#inTurn(async () => {
      try {
        const result = await this.#current?.process(frame);
        return result ? ok(result) : fail(null);
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        this.#reportFailure(problem);
        return fail(problem);
      }
    });
  }

  #replace(next: PipelineSession | null): Promise<void> {
    return this.#inTurn(async () => {
      const previous = this.#current;
      this.#current = next;
      this.#reportedFailure = '';
      try {
        await previous?.close();
      } catch (error) {
        // What it held is lost, and that is all: the next one is in its place already.
        this.#log(`A model could not be released: ${String(error)}`);
      }
    });
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#turn.then(work);
    // The caller hears of a failure; the next in turn must not.
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** Once per cause: the next frame, 33 ms later, is likely to fail in the same way. */
  #reportFailure(reason: string): void {
    if (reason === this.#reportedFailure) return;
    this.#reportedFailure = reason;
    this.#log(`A frame could not be transformed: ${reason}`);
  }
}
