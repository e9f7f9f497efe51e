import type { StreamReport } from '../stream/page-stream.ts';
import type { AppEvent } from './app-event.ts';
import { still, type Step } from './app-effect.ts';
import type { AppState } from './app-state.ts';
import { askForEndpoint } from './ask-for-endpoint.ts';
import { canStart, choosePipeline, fitToRunner, startLink } from './choose-pipeline.ts';
import { chosenPipelineId, runsHereOnly } from './local-pipelines.ts';
import { retryLocal } from './retry-local.ts';
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
  if (!wantsPicture(state)) return setStreaming(retryLocal(state), true);
  // Wanted already, but the link has given up or was ended elsewhere: start it at once.
  const dead = state.status.state.phase === 'failed' || state.status.state.phase === 'idle';
  return dead && canStart(state) ? { state, effects: [startLink(state)] } : still(state);
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
      return choosePipeline(retryLocal(state), event.pipelineId);
    case 'pipelines-known':
      return fitToRunner({ ...state, pipelines: event.pipelines });
    default:
      return event satisfies never;
  }
}
