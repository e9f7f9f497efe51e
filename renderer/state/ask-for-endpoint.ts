import type { AppState } from './app-state.ts';

/** Shows the runners and has the address of the one in force take the focus, or of a first one. */
export function askForEndpoint(state: AppState): AppState {
  const { runners, endpoint } = state;
  const form =
    endpoint === null ? ({ mode: 'add' } as const) : ({ mode: 'edit', url: endpoint.url } as const);
  const isOpen = runners.form.mode === 'edit' && form.mode === 'edit' && runners.form.url === form.url;
  return {
    ...state,
    panel: 'endpoint',
    runners: isOpen ? runners : { ...runners, form, check: { phase: 'none' } },
    endpointAsked: state.endpointAsked + 1,
  };
}
