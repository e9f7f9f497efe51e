import type { AppEvent } from './app-event.ts';
import { still, type Step } from './app-effect.ts';
import type { AppState } from './app-state.ts';

type FallbackEvent = Extract<AppEvent, { type: 'save-fallbacks' | 'fallbacks-saved' }>;

/** Everything about where to go when the chosen runner can't be reached. Main has the last word on the list. */
export function reduceFallbacks(state: AppState, event: FallbackEvent): Step {
  const saving = state.fallbackCheck.phase === 'saving';
  switch (event.type) {
    case 'save-fallbacks':
      // One change at a time: a second one would be made to a list that is about to change.
      if (saving) return still(state);
      return {
        state: { ...state, fallbackCheck: { phase: 'saving' } },
        effects: [{ type: 'save-fallbacks', fallbacks: event.fallbacks }],
      };
    case 'fallbacks-saved': {
      const { result } = event;
      if (!saving) return still(state);
      if (!result.ok) return still({ ...state, fallbackCheck: { phase: 'refused', fault: result.problem } });
      const settings = { ...state.settings, fallbacks: result.value };
      return still({ ...state, settings, fallbackCheck: { phase: 'none' } });
    }
    default:
      return event satisfies never;
  }
}
