import type { AppState } from './app-state.ts';

/** Has a model that could not run loaded again, as the user asks for it. Another one that runs is left alone. */
export function retryLocal(state: AppState): AppState {
  return state.local.phase === 'failed' ? { ...state, localLoaded: null } : state;
}
