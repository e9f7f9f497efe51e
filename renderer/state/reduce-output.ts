import type { AppEvent } from './app-event.ts';
import { still, type Step } from './app-effect.ts';
import type { AppState } from './app-state.ts';

type OutputEvent = Extract<AppEvent, { type: 'output-window-toggled' | 'output-window-reported' }>;

/** The clean output window: what the user wants of it, and whether it is there. It alone knows. */
export function reduceOutput(state: AppState, event: OutputEvent): Step {
  switch (event.type) {
    case 'output-window-toggled': {
      const type = state.outputWindow === 'open' ? 'close-output-window' : 'open-output-window';
      return { state, effects: [{ type }] };
    }
    case 'output-window-reported':
      return still({ ...state, outputWindow: event.open ? 'open' : 'closed' });
    default:
      return event satisfies never;
  }
}
