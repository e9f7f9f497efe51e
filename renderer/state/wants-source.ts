import type { AppState } from './app-state.ts';
import { localPipelineId } from './local-pipelines.ts';

/** Whether a picture is meant to be made: the user wants it, and there is somewhere to make it. */
export function wantsPicture({ boot, settings, endpoint }: AppState): boolean {
  return boot.phase === 'ready' && settings.streaming && (settings.route !== 'cloud' || endpoint !== null);
}

/** Whether the route leads to the cloud. */
export function wantsCloud(state: AppState): boolean {
  return wantsPicture(state) && state.settings.route !== 'local' && state.endpoint !== null;
}

/** Whether the link is to be up: also until this computer's picture has taken the place of the cloud's. */
export function wantsStream(state: AppState): boolean {
  if (wantsCloud(state)) return true;
  const replacing =
    wantsPicture(state) && state.endpoint !== null && state.shown.kind === 'cloud' && canBeLocal(state);
  return replacing && state.stream.phase !== 'detached';
}

/** Whether this computer has, or soon will have, a picture of its own. */
export function canBeLocal(state: AppState): boolean {
  return localPipelineId(state) !== null && state.local.phase !== 'failed';
}

/** Whether a local session is to be warm: for its own picture, or to take over from the cloud's. */
export function wantsLocal({ boot, settings }: AppState): boolean {
  return boot.phase === 'ready' && (settings.route !== 'cloud' || settings.fallback === 'on');
}

/** Whether any source may be on. Else the camera is let go, so that its light goes off. */
export function wantsSource(state: AppState): boolean {
  return state.boot.phase === 'ready' && (wantsPicture(state) || state.previewing);
}
