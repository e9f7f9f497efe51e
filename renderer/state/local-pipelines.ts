import { isMadeHere } from '../../shared/bridge/shown.ts';
import { toPipelineInfo } from '../../pipelines/pipeline-info.ts';
import type { PipelineInfo } from '../../shared/wire/pipelines.ts';
import type { LocalModel } from '../engine/local-model.ts';
import type { AppState } from './app-state.ts';
import { firstPipelineId } from './defaults.ts';

/** The pipeline that the user chose, or the one of the first start. The cloud runs this one. */
export function chosenPipelineId(state: AppState): string {
  return state.settings.pipelineId ?? firstPipelineId;
}

const joined = new WeakMap<readonly LocalModel[], { builtIn: readonly LocalModel[]; all: LocalModel[] }>();

/** Every model that this computer can run: the built-in ones, then the user's own. */
export function localModels({ builtIn, models: { own } }: AppState): readonly LocalModel[] {
  if (own.length === 0) return builtIn;
  const known = joined.get(own);
  if (known?.builtIn === builtIn) return known.all;
  const all = [...builtIn, ...own];
  joined.set(own, { builtIn, all });
  return all;
}

const infos = new WeakMap<readonly LocalModel[], PipelineInfo[]>();

/** The same, as the panel shows them. The same array for the same models. */
export function localPipelines(state: AppState): PipelineInfo[] {
  const models = localModels(state);
  const known = infos.get(models) ?? models.map(({ manifest }) => toPipelineInfo(manifest));
  infos.set(models, known);
  return known;
}

/** Whether this computer has this pipeline. */
export function isLocal(state: AppState, id: string): boolean {
  return localModels(state).some(({ manifest }) => manifest.id === id);
}

/** What this computer runs for the chosen pipeline: the same, or the one picked to stand in; null when none is. */
export function twinOf(state: AppState, pipelineId: string): string | null {
  if (isLocal(state, pipelineId)) return pipelineId;
  const standIn = state.settings.standIns[pipelineId];
  return standIn !== undefined && isLocal(state, standIn) ? standIn : null;
}

/**
 * Whether the cloud has no part in the picture: as chosen, or as there is no endpoint. With the route to the cloud but
 * nowhere to go, a local picture that is on stays on while the endpoint is asked for.
 */
export function runsHereOnly({ settings: { route }, endpoint, shown }: AppState): boolean {
  return route === 'local' || (endpoint === null && (route === 'auto' || isMadeHere(shown)));
}

/**
 * What the local engine is to have loaded. Where the cloud has no part, or none yet, there must be a picture, so the
 * first model stands in for a pipeline that nothing was picked for.
 */
export function localPipelineId(state: AppState): string | null {
  const twin = twinOf(state, chosenPipelineId(state));
  if (twin !== null || !(runsHereOnly(state) || isMadeHere(state.shown))) return twin;
  return localModels(state)[0]?.manifest.id ?? null;
}

/** What the panel lists: this computer's, or the runner's once it has told. The cloud alone knows none before. */
export function offeredPipelines(state: AppState): PipelineInfo[] {
  const untold = state.settings.route === 'auto' && state.pipelines.length === 0;
  return runsHereOnly(state) || untold ? localPipelines(state) : state.pipelines;
}

/** Whether the chosen pipeline exists in the cloud only, so that one is to be picked for here. */
export function needsStandIn(state: AppState): boolean {
  const id = chosenPipelineId(state);
  return localModels(state).length > 0 && !isLocal(state, id);
}
