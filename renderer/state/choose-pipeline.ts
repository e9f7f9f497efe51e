import { still, type AppEffect, type Step } from './app-effect.ts';
import type { AppState } from './app-state.ts';
import { currentPipelineId, valuesOf } from './current-pipeline.ts';
import { chosenPipelineId, isLocal, needsStandIn, runsHereOnly, twinOf } from './local-pipelines.ts';
import { addNotice } from './reduce-notices.ts';
import { wantsCloud } from './wants-source.ts';

/** The effect that starts the link, or moves it, to the chosen pipeline as the panel shows it. */
export function startLink(state: AppState): AppEffect {
  const pipelineId = chosenPipelineId(state);
  return { type: 'start-link', pipelineId, parameters: valuesOf(state, pipelineId) };
}

/** Whether main can be told where to go: the page's leg stands, or a link is there that waits for it. */
export function canStart(state: AppState): boolean {
  const { stream, status } = state;
  if (!wantsCloud(state)) return false;
  return stream.phase === 'attached' || (stream.phase !== 'detached' && status.state.phase !== 'idle');
}

function choose(state: AppState, pipelineId: string | null, keptLocal: string | null): Step {
  const next = { ...state, settings: { ...state.settings, pipelineId, keptLocal } };
  const patch = keptLocal === state.settings.keptLocal ? { pipelineId } : { pipelineId, keptLocal };
  const effects: AppEffect[] = [{ type: 'patch-settings', patch }];
  if (canStart(next)) effects.push(startLink(next));
  return { state: next, effects };
}

/** What runs here in the place of the chosen pipeline, which this computer does not have. */
export function chooseStandIn(state: AppState, pipelineId: string): Step {
  const standIns = { ...state.settings.standIns, [chosenPipelineId(state)]: pipelineId };
  return {
    state: { ...state, settings: { ...state.settings, standIns } },
    effects: [{ type: 'patch-settings', patch: { standIns } }],
  };
}

/** Where the cloud has no part, the choice is one of this computer's, and a pipeline of the cloud's is kept. */
export function choosePipeline(state: AppState, pipelineId: string): Step {
  if (runsHereOnly(state) && needsStandIn(state)) return chooseStandIn(state, pipelineId);
  if (pipelineId === currentPipelineId(state) && state.settings.pipelineId !== null) return still(state);
  return choose(state, pipelineId, null);
}

/**
 * A runner that lacks the chosen pipeline is given its first instead, and the user is told. What ran here goes on in the
 * place of one that has no picture of its own here, and is what the local route comes back to.
 */
export function fitToRunner(state: AppState): Step {
  const id = chosenPipelineId(state);
  const { pipelines } = state;
  const first = pipelines[0];
  if (runsHereOnly(state) || !first || pipelines.some((pipeline) => pipeline.id === id)) return still(state);
  const { settings } = state;
  const keptLocal = settings.pipelineId !== null && isLocal(state, id) ? id : settings.keptLocal;
  const fitted = withStandIn(choose(state, first.id, keptLocal), twinOf(state, id));
  if (settings.pipelineId === null) return fitted;
  return {
    state: addNotice(fitted.state, `This runner has no pipeline named “${id}”, so “${first.title}” is on.`),
    effects: fitted.effects,
  };
}

/** The pipeline that was chosen by the step has no picture of its own here: this one stands in, unless one does already. */
function withStandIn({ state, effects }: Step, standIn: string | null): Step {
  if (standIn === null || twinOf(state, chosenPipelineId(state)) !== null) return { state, effects };
  const remembered = chooseStandIn(state, standIn);
  return { state: remembered.state, effects: [...effects, ...remembered.effects] };
}

/** Back on the local route: the pipeline that ran here before a runner lacked it. */
export function backToLocal(state: AppState): Step {
  const { keptLocal } = state.settings;
  if (keptLocal === null || !runsHereOnly(state) || !isLocal(state, keptLocal)) return still(state);
  return choose(state, keptLocal, null);
}

/** A model that was this computer's, if it is one no more and no runner is known to have it, is no choice. */
export function dropLost(state: AppState, pipelineId: string): Step {
  if (isLocal(state, pipelineId)) return still(state);
  const { settings, pipelines } = state;
  const keptLocal = settings.keptLocal === pipelineId ? null : settings.keptLocal;
  const isChosen = settings.pipelineId === pipelineId && !pipelines.some(({ id }) => id === pipelineId);
  if (!isChosen && keptLocal === settings.keptLocal) return still(state);
  return choose(state, isChosen ? null : settings.pipelineId, keptLocal);
}
