import type { AppState } from './app-state.ts';

/** Shows the endpoint's panel and has its field take the focus. */
export function askForEndpoint(state: AppState): AppState {
  return { ...state, panel: 'endpoint', endpointAsked: state.endpointAsked + 1 };
}
