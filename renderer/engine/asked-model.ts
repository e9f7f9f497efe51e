import type { ParameterValues } from '../../shared/wire/parameters.ts';
import { CrashCount } from './crash-count.ts';
import type { LocalModel } from './local-model.ts';

/** A model that was asked for, and the values it is to have. */
export interface AskedModel {
  model: LocalModel;
  /** The latest: they grow while it loads and outlive its worker. */
  parameters: ParameterValues;
  /** What its worker was told last. */
  told: ParameterValues;
  /** Of the load that was asked for last. */
  generation: number;
  /** Of the load that makes its frames; null: none yet. */
  runs: number | null;
  crashes: CrashCount;
}

export function askedFor(model: LocalModel, parameters: ParameterValues): AskedModel {
  return { model, parameters, told: parameters, generation: 0, runs: null, crashes: new CrashCount() };
}
