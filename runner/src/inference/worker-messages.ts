import type { ParameterValues } from '../../../shared/wire/parameters.ts';
import type { Result } from '../../../shared/result.ts';
import type { I420Frame } from './i420-frame.ts';
import type { ProviderPlan, RunnerProvider } from './provider-plan.ts';

/** What the worker is started with. */
export interface WorkerSetup {
  modelDirs: readonly string[];
  intraOpThreads: number;
}

/** From the engine to its worker. Frames come one at a time, their buffers transferred. */
export type ToWorker =
  | {
      type: 'load';
      request: number;
      pipelineId: string;
      parameters: ParameterValues;
      providers: ProviderPlan;
    }
  | { type: 'unload'; request: number }
  | { type: 'parameters'; values: ParameterValues }
  | { type: 'frame'; frame: I420Frame }
  | { type: 'close' };

/** What a load comes to: `identity` needs no model and no provider, frames are handed through. */
export type LoadOutcome = Result<
  { route: 'model'; provider: RunnerProvider } | { route: 'identity'; provider: null },
  string
>;

/** From the worker to the engine. Each `frame` is answered by `result` or `skipped`. */
export type FromWorker =
  | { type: 'loaded'; request: number; outcome: LoadOutcome }
  | { type: 'unloaded'; request: number }
  | { type: 'result'; frame: I420Frame; runMs: number }
  /** `problem` is null when there is no model to fail. */
  | { type: 'skipped'; problem: string | null }
  | { type: 'log'; line: string };
