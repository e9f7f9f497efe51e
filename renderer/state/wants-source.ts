import type { AppState } from './app-state.ts';

/** Whether the app is meant to stream: the user wants it, and there is somewhere to stream to. */
export function wantsStream(state: AppState): boolean {
  return state.boot.phase === 'ready' && state.settings.streaming && state.endpoint !== null;
}

/** Whether any source may be on. Else the camera is let go, so that its light goes off. */
export function wantsSource(state: AppState): boolean {
  return state.boot.phase === 'ready' && (wantsStream(state) || state.previewing);
}
