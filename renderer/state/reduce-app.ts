import type { AppEvent } from './app-event.ts';
import { still, type Step } from './app-effect.ts';
import type { AppState } from './app-state.ts';
import { askForEndpoint } from './ask-for-endpoint.ts';
import { logLinesKept, timelineKept } from './defaults.ts';
import { emptyHistory, remember } from './history.ts';
import { reduceBridge, settleLocal, settleMix } from './reduce-bridge.ts';
import { reduceEndpoint, runnersEffectFailed } from './reduce-endpoint.ts';
import { reduceLink, settleStream } from './reduce-link.ts';
import { knownModels, reduceModels } from './reduce-models.ts';
import { addNotice } from './reduce-notices.ts';
import { reduceOutput } from './reduce-output.ts';
import { reduceParameters } from './reduce-parameters.ts';
import { recordingEffectFailed, reduceRecording, settleRecording } from './reduce-recording.ts';
import { reduceSource, settleSource } from './reduce-source.ts';
import { testsOf } from './runners-state.ts';

function booted(state: AppState, { info }: Extract<AppEvent, { type: 'booted' }>): Step {
  const { version, runtime, packaged, platform, logFile, ...known } = info;
  const { settings, endpoint, status, timeline, runnerLog, pipelines, models, parameters } = known;
  const next: AppState = {
    ...state,
    boot: { phase: 'ready' },
    about: { version, runtime, packaged, platform, logFile },
    settings,
    runners: { ...state.runners, list: info.runners, tests: testsOf(info.runners) },
    endpoint,
    status,
    // All of it, and what was pushed meanwhile is in there too.
    timeline: remember(emptyHistory, timeline, timelineKept),
    runnerLog: remember(emptyHistory, runnerLog, logLinesKept),
    pipelines,
    models: knownModels(state.models, models),
    parameters,
    // With nowhere to stream to, the first thing to see is what would be streamed.
    previewing: endpoint === null && settings.route === 'cloud',
    panel: endpoint === null && settings.route === 'cloud' ? 'endpoint' : state.panel,
  };
  return {
    state: info.notices.reduce((state, text) => addNotice(state, text), next),
    effects: [
      { type: 'resize', size: settings.frameSize },
      { type: 'list-cameras' },
      { type: 'attend-recordings' },
      // A link that starts tells its pipelines by itself, and a runner may have but one place.
      ...(endpoint && settings.route !== 'local' && !settings.streaming
        ? [{ type: 'list-pipelines' } as const]
        : []),
    ],
  };
}

function obey(state: AppState, { command }: Extract<AppEvent, { type: 'command' }>): Step {
  switch (command) {
    case 'start':
    case 'stop':
    case 'retry':
      return reduceLink(state, { type: command });
    case 'switch-route':
      return reduceBridge(state, { type: 'route-switched' });
    case 'record':
      return reduceRecording(state, { type: 'recording-toggled' });
    case 'snapshot':
      return reduceRecording(state, { type: 'snapshot-wanted' });
    case 'fullscreen':
      return { state, effects: [{ type: 'toggle-full-screen' }] };
    case 'output-window':
      return reduceOutput(state, { type: 'output-window-toggled' });
    case 'focus-endpoint':
      return still(askForEndpoint(state));
    default:
      return command satisfies never;
  }
}

/** Nothing may wait for ever for an answer that will not come. */
function effectFailed(
  state: AppState,
  { effect, detail }: Extract<AppEvent, { type: 'effect-failed' }>,
): Step {
  const told = addNotice(
    state,
    `Something went wrong inside the app (${effect.type}). The log has the details.`,
  );
  switch (effect.type) {
    case 'test-runner':
    case 'save-runners':
    case 'find-runners':
      return still(runnersEffectFailed(told, effect, detail));
    case 'start-link':
      return still(reduceLink(told, { type: 'link-refused', fault: { kind: 'protocol', detail } }).state);
    case 'start-recording':
    case 'end-recording':
      return recordingEffectFailed(told);
    default:
      return still(told);
  }
}

function reduceOne(state: AppState, event: AppEvent): Step {
  switch (event.type) {
    case 'booted':
      return booted(state, event);
    case 'boot-failed':
      return still({ ...state, boot: { phase: 'failed', detail: event.detail } });
    case 'command':
      return obey(state, event);
    case 'endpoint-wanted':
      return still(askForEndpoint(state));
    case 'effect-failed':
      return effectFailed(state, event);
    case 'notice':
      return still(addNotice(state, event.text));
    case 'notice-dismissed':
      return still({ ...state, notices: state.notices.filter(({ id }) => id !== event.id) });
    case 'source-view-chosen':
      return still({ ...state, sourceView: event.view });
    case 'panel-chosen':
      return still({
        ...state,
        panel: event.panel,
        runners: { ...state.runners, form: { mode: 'closed' }, check: { phase: 'none' } },
        endpointAsked: 0,
      });
    case 'theme-chosen':
      return {
        state: { ...state, settings: { ...state.settings, theme: event.theme } },
        effects: [{ type: 'patch-settings', patch: { theme: event.theme } }],
      };
    case 'recovery-chosen':
      return {
        state: { ...state, settings: { ...state.settings, recovery: event.recovery } },
        effects: [{ type: 'patch-settings', patch: { recovery: event.recovery } }],
      };
    case 'timeline-told':
      return still({ ...state, timeline: remember(state.timeline, [event.entry], timelineKept) });
    case 'runner-logged':
      return still({ ...state, runnerLog: remember(state.runnerLog, event.lines, logLinesKept) });
    case 'built-in-known':
    case 'route-chosen':
    case 'route-switched':
    case 'fallback-chosen':
    case 'stand-in-chosen':
    case 'shown-changed':
    case 'local-reported':
    case 'local-retried':
      return reduceBridge(state, event);
    case 'output-window-toggled':
    case 'output-window-reported':
      return reduceOutput(state, event);
    case 'recording-toggled':
    case 'snapshot-wanted':
    case 'record-source-chosen':
    case 'saved-revealed':
    case 'recorder-reported':
    case 'snapshot-taken':
    case 'recording-told':
      return reduceRecording(state, event);
    case 'models-known':
    case 'models-wanted':
    case 'models-folder-wanted':
    case 'model-copying':
    case 'model-staged':
    case 'model-inspected':
    case 'model-tried':
    case 'model-answered':
    case 'save-model':
    case 'model-saved':
    case 'model-dismissed':
    case 'remove-model':
    case 'model-removed':
      return reduceModels(state, event);
    case 'source-reported':
    case 'cameras-listed':
    case 'source-chosen':
    case 'size-chosen':
    case 'preview-toggled':
      return reduceSource(state, event);
    case 'parameters-changed':
    case 'parameters-reset':
      return reduceParameters(state, event);
    case 'test-runner':
    case 'runner-tested':
    case 'save-runners':
    case 'runners-saved':
    case 'runners-changed':
    case 'runner-form-wanted':
    case 'endpoint-edited':
    case 'find-runners':
    case 'runners-found':
      return reduceEndpoint(state, event);
    default:
      return reduceLink(state, event);
  }
}

/**
 * The next state and what is to be done about it. Whether source, local engine and stream should be on, and which
 * picture is to be shown, follows from the state alone, so that is settled after every event, in this order: a source
 * first, then what is made of it here, then the way out, then the output.
 */
export function reduceApp(state: AppState, event: AppEvent): Step {
  const settle = [settleRecording, settleSource, settleLocal, settleStream, settleMix];
  return settle.reduce(
    (step, next) => {
      const { state, effects } = next(step.state);
      return { state, effects: [...step.effects, ...effects] };
    },
    reduceOne(state, event),
  );
}
