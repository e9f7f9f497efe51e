import type { Fault } from '../../shared/link/fault.ts';
import type { Result } from '../../shared/result.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import { Parameters, type ParameterFeed } from './parameters.ts';
import { PipelineSwitch } from './pipeline-switch.ts';

/** Whether it is uncertain what a runner runs: a socket was lost in the middle of a load, and the session goes on. */
export interface LoadDoubt {
  isOpen: boolean;
}

/** The pipeline that is being loaded beside the running one, with the values it is to have. */
export class NextPipeline {
  readonly #switch = new PipelineSwitch();
  #next: { id: string; parameters: Parameters } | null = null;
  /** Ended by whoever has the pipeline in force loaded again. */
  readonly doubt: LoadDoubt = { isOpen: false };

  /** Null when none is. */
  get id(): string | null {
    return this.#next?.id ?? null;
  }

  /** Whether a runner is busy with a load, wanted or not. */
  get isLoading(): boolean {
    return this.#switch.isBusy || this.doubt.isOpen;
  }

  choose(id: string, values: ParameterValues): void {
    this.#next = { id, parameters: new Parameters() };
    this.#next.parameters.replace(values);
  }

  /** Exactly these values for it. */
  replace(values: ParameterValues): void {
    this.#next?.parameters.replace(values);
  }

  merge(values: ParameterValues): void {
    this.#next?.parameters.merge(values);
  }

  forget(): void {
    this.#next = null;
  }

  /**
   * Has it loaded after whatever is being loaded now, if nothing else was chosen by then.
   *
   * @param load Is given all values.
   * @param done Is given the values, and what the runner was told of them; for a load that a later one overtook
   * before it began it is not called.
   */
  load(
    load: (values: ParameterValues) => Promise<Result<null, Fault>>,
    done: (outcome: Result<null, Fault>, parameters: Parameters, told: ParameterFeed) => void,
  ): void {
    const next = this.#next;
    if (next === null) throw new Error('A load that nobody asked for.');
    const told = next.parameters.feed();
    this.#switch.request(
      () => load(told.takeAll()),
      (outcome) => {
        // A later choice may wait already.
        if (this.#next === next) this.#next = null;
        done(outcome, next.parameters, told);
      },
    );
  }
}
