import type { Shown } from '../../shared/bridge/shown.ts';
import type { LinkStats } from '../../shared/link/status.ts';
import type { LocalReport } from '../engine/local-state.ts';
import type { MixPolicy } from '../mixer/mixer-message.ts';
import type { AppEvent } from './app-event.ts';
import { still, type AppEffect, type Step } from './app-effect.ts';
import type { AppState } from './app-state.ts';
import { askForEndpoint } from './ask-for-endpoint.ts';
import { backToLocal, chooseStandIn, fitToRunner } from './choose-pipeline.ts';
import { localModels, localPipelineId, runsHereOnly } from './local-pipelines.ts';
import { valuesOf } from './current-pipeline.ts';
import { noteOf } from './note-of-shown.ts';
import { addNotice } from './reduce-notices.ts';
import { retryLocal } from './retry-local.ts';
import { canBeLocal, wantsCloud, wantsLocal, wantsPicture } from './wants-source.ts';

type BridgeEvent = Extract<
  AppEvent,
  {
    type:
      | 'built-in-known'
      | 'route-chosen'
      | 'route-switched'
      | 'fallback-chosen'
      | 'stand-in-chosen'
      | 'shown-changed'
      | 'local-reported'
      | 'local-retried';
  }
>;

/** Which picture the mixer is to show, from all that decides it. */
function mixPolicy(state: AppState): MixPolicy {
  return {
    prefer: wantsCloud(state) ? 'cloud' : 'local',
    localBeforeCloud: state.settings.route === 'auto',
    localWhenSilent: state.settings.fallback === 'on' && canBeLocal(state),
  };
}

/** New frames that the runner made in the last second, by its own count; null where it does not tell. */
function newFrames({ runnerFpsOut, runnerFpsRepeated }: LinkStats): number | null {
  return runnerFpsOut === null ? null : runnerFpsOut - (runnerFpsRepeated ?? 0);
}

/** Whether this runner has made new frames since its link is up: one that starts has made none yet, and is not stuck. */
function hasMoved({ mix, status }: AppState): boolean {
  const up = status.state.phase === 'live' || status.state.phase === 'degraded';
  return up && (mix.moved || (newFrames(status.stats) ?? 0) > 0);
}

/** A runner that takes frames in and makes no new ones: what arrives is one picture again and again. */
function isStuck({ status: { stats } }: AppState): boolean {
  return (stats.runnerFpsIn ?? 0) > 0 && (newFrames(stats) ?? 1) <= 0;
}

const samePolicy = (one: MixPolicy, other: MixPolicy): boolean =>
  one.prefer === other.prefer &&
  one.localBeforeCloud === other.localBeforeCloud &&
  one.localWhenSilent === other.localWhenSilent;

/** Tells the mixer what follows from the state. Runs after every event. */
export function settleMix(state: AppState): Step {
  const { mix } = state;
  const moved = hasMoved(state);
  const wanted = {
    on: wantsPicture(state),
    policy: mixPolicy(state),
    moved,
    stuck: moved && isStuck(state),
  };
  const effects: AppEffect[] = [];
  if (!samePolicy(mix.policy, wanted.policy)) effects.push({ type: 'set-policy', policy: wanted.policy });
  if (mix.stuck !== wanted.stuck) effects.push({ type: 'tell-stuck', stuck: wanted.stuck });
  if (mix.on && !wanted.on) effects.push({ type: 'clear-output' });
  if (effects.length === 0 && mix.on === wanted.on && mix.moved === moved) return still(state);
  return { state: { ...state, mix: wanted }, effects };
}

/** Loads into the local engine what it is to have. Runs after every event. */
export function settleLocal(state: AppState): Step {
  const id = wantsLocal(state) ? localPipelineId(state) : null;
  const model = localModels(state).find(({ manifest }) => manifest.id === id) ?? null;
  const key = model === null ? null : `${model.manifest.id} ${model.manifest.sha256}`;
  if (key === state.localLoaded) return still(state);
  const next = { ...state, localLoaded: key };
  if (model === null) return { state: next, effects: [{ type: 'unload-local' }] };
  const parameters = valuesOf(state, model.manifest.id);
  return { state: next, effects: [{ type: 'load-local', model, parameters }] };
}

function chooseRoute(state: AppState, route: AppState['settings']['route']): Step {
  if (route === state.settings.route) return still(state);
  const { route: from, backTo: before } = state.settings;
  const backTo = from === 'local' ? before : from;
  const next = { ...state, settings: { ...state.settings, route, backTo } };
  const asked = route === 'cloud' && state.endpoint === null ? askForEndpoint(next) : next;
  const fitted = runsHereOnly(next) ? backToLocal(asked) : fitToRunner(asked);
  return {
    state: fitted.state,
    effects: [
      { type: 'patch-settings', patch: backTo === before ? { route } : { route, backTo } },
      ...fitted.effects,
    ],
  };
}

/** What the user should read once, in the window and in the history. */
function tell(state: AppState, what: string, why: string | null): Step {
  return {
    state: addNotice(state, why === null ? what : `${what}: ${why}`),
    effects: [{ type: 'note-timeline', note: { what, why, tookMs: null } }],
  };
}

function localReported(before: AppState, report: LocalReport): Step {
  if (report.type === 'notice') return tell(before, report.text, null);
  const state = { ...before, local: report.state };
  // Before the first picture the stage itself says it.
  if (report.state.phase !== 'failed' || before.shown.kind === 'none') return still(state);
  return tell(state, 'The local model can’t run', report.state.problem);
}

function showsAnother(state: AppState, shown: Shown, gapMs: number | null): Step {
  const effects: AppEffect[] = [{ type: 'tell-shown', shown }];
  const note = noteOf(state, shown, gapMs);
  if (note !== null) effects.push({ type: 'note-timeline', note });
  return { state: { ...state, shown }, effects };
}

/** Everything about bridging: the route, what takes over when the cloud stops, and what is on screen. */
export function reduceBridge(state: AppState, event: BridgeEvent): Step {
  switch (event.type) {
    case 'built-in-known':
      return still({ ...state, builtIn: event.models });
    case 'route-chosen':
      return chooseRoute(state, event.route);
    case 'route-switched':
      return chooseRoute(state, state.settings.route === 'local' ? state.settings.backTo : 'local');
    case 'fallback-chosen': {
      const { fallback } = event;
      return {
        state: { ...state, settings: { ...state.settings, fallback } },
        effects: [{ type: 'patch-settings', patch: { fallback } }],
      };
    }
    case 'stand-in-chosen':
      return chooseStandIn(state, event.pipelineId);
    case 'shown-changed':
      return showsAnother(state, event.shown, event.gapMs);
    case 'local-reported':
      return localReported(state, event.report);
    case 'local-retried':
      return still(retryLocal(state));
    default:
      return event satisfies never;
  }
}
