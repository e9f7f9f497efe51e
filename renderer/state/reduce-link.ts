import type { StreamReport } from '../stream/page-stream.ts';
import type { AppEvent } from './app-event.ts';
import { still, type AppEffect, type Step } from './app-effect.ts';
import type { AppState } from './app-state.ts';
import { currentPipelineId, valuesOf } from './current-pipeline.ts';
import { chosenPipelineId, needsStandIn, runsHereOnly, twinOf } from './local-pipelines.ts';
import { reduceBridge } from './reduce-bridge.ts';
import { askForEndpoint } from './ask-for-endpoint.ts';
import { addNotice } from './reduce-notices.ts';
import { wantsCloud, wantsPicture, wantsStream } from './wants-source.ts';

type LinkEvent = Extract<
  AppEvent,
  {
    type:
      | 'link-status'
      | 'link-refused'
      | 'stream-reported'
      | 'start'
      | 'stop'
      | 'retry'
      | 'pipeline-chosen'
      | 'pipelines-known';
  }
>;

/** The effect that starts the link, or moves it, to the chosen pipeline as the panel shows it. */
export function startLink(state: AppState): AppEffect {
  const pipelineId = chosenPipelineId(state);
  return { type: 'start-link', pipelineId, parameters: valuesOf(state, pipelineId) };
}

/** Connects or disconnects the window's leg, as the rest of the state wants it. Runs after every event. */
export function settleStream(state: AppState): Step {
  const attached = state.stream.phase !== 'detached';
  if (wantsStream(state) === attached) return still(state);
  if (attached)
    return {
      state: { ...state, stream: { phase: 'detached' } },
      effects: [{ type: 'stop-link' }, { type: 'detach-stream' }],
    };
  return { state: { ...state, stream: { phase: 'attaching' } }, effects: [{ type: 'attach-stream' }] };
}

function setStreaming(state: AppState, streaming: boolean): Step {
  const next: AppState = { ...state, settings: { ...state.settings, streaming }, previewing: false };
  return { state: next, effects: [{ type: 'patch-settings', patch: { streaming } }] };
}

function start(state: AppState): Step {
  if (state.boot.phase !== 'ready') return still(state);
  if (state.settings.route === 'cloud' && !state.endpoint) return still(askForEndpoint(state));
  if (!wantsPicture(state)) return setStreaming(state, true);
  // Wanted already, but the link has given up or was ended elsewhere: start it at once.
  const dead = state.status.state.phase === 'failed' || state.status.state.phase === 'idle';
  return dead && canStart(state) ? { state, effects: [startLink(state)] } : still(state);
}

/** Whether main can be told where to go: the page's leg stands, or a link is there that waits for it. */
export function canStart(state: AppState): boolean {
  const { stream, status } = state;
  if (!wantsCloud(state)) return false;
  return stream.phase === 'attached' || (stream.phase !== 'detached' && status.state.phase !== 'idle');
}

/** Where the cloud has no part, the choice is one of this computer's, and a pipeline of the cloud's is kept. */
function choosePipeline(state: AppState, pipelineId: string): Step {
  if (runsHereOnly(state) && needsStandIn(state))
    return reduceBridge(state, { type: 'stand-in-chosen', pipelineId });
  if (pipelineId === currentPipelineId(state) && state.settings.pipelineId !== null) return still(state);
  const next = { ...state, settings: { ...state.settings, pipelineId } };
  const effects: AppEffect[] = [{ type: 'patch-settings', patch: { pipelineId } }];
  if (canStart(state)) effects.push(startLink(next));
  return { state: next, effects };
}

/**
 * A runner that lacks the chosen pipeline is given its first instead, and the user is told. What ran here stays what
 * runs here.
 */
function pipelinesKnown(state: AppState, pipelines: AppState['pipelines']): Step {
  const next = { ...state, pipelines };
  const id = chosenPipelineId(state);
  const first = pipelines[0];
  if (runsHereOnly(state) || !first || pipelines.some((pipeline) => pipeline.id === id)) return still(next);
  const chosen = withStandIn(choosePipeline(next, first.id), twinOf(state, id));
  if (state.settings.pipelineId === null) return chosen;
  return {
    state: addNotice(chosen.state, `This runner has no pipeline named “${id}”, so “${first.title}” is on.`),
    effects: chosen.effects,
  };
}

/** The pipeline that was chosen by the step has no picture of its own here: this one stands in, unless one does already. */
function withStandIn({ state, effects }: Step, standIn: string | null): Step {
  if (standIn === null || twinOf(state, chosenPipelineId(state)) !== null) return { state, effects };
  const remembered = reduceBridge(state, { type: 'stand-in-chosen', pipelineId: standIn });
  return { state: remembered.state, effects: [...effects, ...remembered.effects] };
}

/** Whether main's link runs already what the panel shows, or is on its way there. */
function isUnderWay(state: AppState): boolean {
  const { phase } = state.status.state;
  return phase !== 'idle' && phase !== 'failed' && state.status.pipelineId === chosenPipelineId(state);
}

/**
 * Starts the link once the page is attached. A leg that is made anew under a started link changes nothing, and
 * neither does a page that was loaded anew: to its runner it was never away.
 */
function streamReported(state: AppState, report: StreamReport): Step {
  if (state.stream.phase === 'detached') return still(state);
  const next = { ...state, stream: report };
  if (report.phase !== 'attached' || !wantsCloud(state)) return still(next);
  const starts =
    state.stream.phase === 'attaching' ? !isUnderWay(state) : state.status.state.phase === 'idle';
  return starts ? { state: next, effects: [startLink(next)] } : still(next);
}

/** Everything about streaming: the window's leg, the link behind it and what runs there. */
export function reduceLink(state: AppState, event: LinkEvent): Step {
  switch (event.type) {
    case 'link-status':
      return still({ ...state, status: event.status });
    case 'link-refused': {
      const refused = {
        phase: 'failed',
        fault: event.fault,
        attempts: 0,
        nextAttemptAt: null,
        stage: null,
        since: 0,
      } as const;
      return still({ ...state, status: { ...state.status, state: refused } });
    }
    case 'stream-reported':
      return streamReported(state, event.report);
    case 'start':
      return start(state);
    case 'stop':
      return wantsPicture(state) ? setStreaming(state, false) : still(state);
    case 'retry':
      if (runsHereOnly(state) && wantsPicture(state)) return still(state);
      return state.status.state.phase === 'idle'
        ? start(state)
        : { state, effects: [{ type: 'retry-link' }] };
    case 'pipeline-chosen':
      return choosePipeline(state, event.pipelineId);
    case 'pipelines-known':
      return pipelinesKnown(state, event.pipelines);
    default:
      return event satisfies never;
  }
}
