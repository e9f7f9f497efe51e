import type { Result } from '../../shared/result.ts';
import type { ModelShape, Trial, TrialRequest } from '../engine/trial.ts';

/** What adding a model needs of the local engine. Problems are the engine's own words. */
export interface ModelDoors {
  /** What a file takes and gives. */
  inspect(url: string): Promise<Result<ModelShape, string>>;
  /** Three warm-up runs, in a worker of their own. */
  try(request: TrialRequest): Promise<Result<Trial, string>>;
}
