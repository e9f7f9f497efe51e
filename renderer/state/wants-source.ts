import { isMadeHere } from '../../shared/bridge/shown.ts';
import type { AppState } from './app-state.ts';
import { localPipelineId, runsHereOnly } from './local-pipelines.ts';

/** Whether a picture is meant to be made: the user wants it, and there is somewhere to make it. */
export function wantsPicture(state: AppState): boolean {
  const { boot, settings, endpoint } = state;
  return boot.phase === 'ready' && settings.streaming && (endpoint !== null || runsHereOnly(state));
}

/** Whether the route leads to the cloud. */
export function wantsCloud(state: AppState): boolean {
  return wantsPicture(state) && state.settings.route !== 'local' && state.endpoint !== null;
}

/** Whether the link is to be up: also until this computer's picture has taken the place of the cloud's. */
export function wantsStream(state: AppState): boolean {
  if (wantsCloud(state)) return true;
  const ofCloud = state.shown.kind !== 'none' && !isMadeHere(state.shown);
  const replacing = wantsPicture(state) && state.endpoint !== null && ofCloud && canBeLocal(state);
  return replacing && state.stream.phase !== 'detached';
}

/** Whether this computer has, or soon will have, a picture of its own. */
export function canBeLocal(state: AppState): boolean {
  return localPipelineId(state) !== null && state.local.phase !== 'failed';
}

/**
 * Whether a local session is to be warm: for its own picture, to take over from the cloud's, or until the cloud's has
 * taken the place of a local one.
 */
export function wantsLocal(state: AppState): boolean {
  const { boot, settings, shown } = state;
  if (boot.phase !== 'ready') return false;
  return (
    settings.route !== 'cloud' || settings.fallback === 'on' || (wantsPicture(state) && isMadeHere(shown))
  );
}

/** Whether any source may be on. Else the camera is let go, so that its light goes off. */
export function wantsSource(state: AppState): boolean {
  return state.boot.phase === 'ready' && (wantsPicture(state) || state.previewing);
}
