import { defaultValues, type ParameterValues } from '../../shared/wire/parameters.ts';
import type { PipelineInfo } from '../../shared/wire/pipelines.ts';
import type { AppState } from './app-state.ts';
import { firstPipelineId } from './defaults.ts';

/** The pipeline to run: the chosen one, until something is known against it. */
export function currentPipelineId(state: AppState): string {
  return state.settings.pipelineId ?? firstPipelineId;
}

/** Its description; null until a runner has offered it. */
export function currentPipeline(state: AppState): PipelineInfo | null {
  const id = currentPipelineId(state);
  return state.pipelines.find((pipeline) => pipeline.id === id) ?? null;
}

/** What the panel shows and the runner is sent: the pipeline's defaults, under what the user set. */
export function currentValues(state: AppState): ParameterValues {
  const pipeline = currentPipeline(state);
  return {
    ...(pipeline ? defaultValues(pipeline.parameters) : {}),
    ...state.parameters[currentPipelineId(state)],
  };
}
