import type { AppEffect, Step } from './app-effect.ts';
import type { AppEvent } from './app-event.ts';
import { initialState, type AppState } from './app-state.ts';

export type Dispatch = (event: AppEvent) => void;

export interface Store {
  readonly dispatch: Dispatch;
  readonly getState: () => AppState;
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * Holds the one state. Effects run after the state has changed and the listeners know, in the reducer's
 * order; an event dispatched by an effect is taken up after those before it.
 */
export function createStore(
  reduce: (state: AppState, event: AppEvent) => Step,
  run: (effect: AppEffect, dispatch: Dispatch) => void,
): Store {
  const listeners = new Set<() => void>();
  const waiting: AppEvent[] = [];
  let state = initialState;
  let draining = false;

  const dispatch: Dispatch = (event) => {
    waiting.push(event);
    if (draining) return;
    draining = true;
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const step = reduce(state, next);
        const changed = step.state !== state;
        state = step.state;
        if (changed) for (const listener of listeners) listener();
        for (const effect of step.effects) run(effect, dispatch);
      }
    } finally {
      draining = false;
    }
  };

  return {
    dispatch,
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
