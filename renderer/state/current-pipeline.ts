import { defaultValues, type ParameterValues } from '../../shared/wire/parameters.ts';
import type { PipelineInfo } from '../../shared/wire/pipelines.ts';
import type { AppState } from './app-state.ts';
import { chosenPipelineId, localPipelineId, localPipelines, runsHereOnly } from './local-pipelines.ts';

/** The pipeline that the panel is about: what runs here where the cloud has no part, else what was chosen. */
export function currentPipelineId(state: AppState): string {
  return (runsHereOnly(state) ? localPipelineId(state) : null) ?? chosenPipelineId(state);
}

function infoOf(state: AppState, id: string): PipelineInfo | null {
  const first = runsHereOnly(state) ? localPipelines(state) : state.pipelines;
  const second = runsHereOnly(state) ? state.pipelines : localPipelines(state);
  return first.find((info) => info.id === id) ?? second.find((info) => info.id === id) ?? null;
}

/** Its description; null until somebody has offered it. */
export function currentPipeline(state: AppState): PipelineInfo | null {
  return infoOf(state, currentPipelineId(state));
}

/** A pipeline's defaults, under what the user set: the same on every route. */
export function valuesOf(state: AppState, pipelineId: string): ParameterValues {
  const pipeline = infoOf(state, pipelineId);
  return { ...(pipeline ? defaultValues(pipeline.parameters) : {}), ...state.parameters[pipelineId] };
}

/** What the panel shows. */
export function currentValues(state: AppState): ParameterValues {
  return valuesOf(state, currentPipelineId(state));
}
