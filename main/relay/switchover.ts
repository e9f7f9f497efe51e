/**
 * Which of several runner legs feeds the page. Pure; `relay.ts` runs the effects.
 *
 * Legs are kept in the order they were made. Each waits for its own first key frame; whoever shows one takes over and
 * all legs older than it are closed, so that a late key frame of an old leg cannot switch back. Newer ones go on waiting.
 */
export interface SwitchState<Leg> {
  legs: readonly Leg[];
  active: Leg | null;
}

export type SwitchEvent<Leg> =
  | { type: 'made'; leg: Leg }
  | { type: 'key-frame'; leg: Leg }
  /** Failed or closed, by whomever. */
  | { type: 'gone'; leg: Leg };

type SwitchEffect<Leg> = { type: 'activate'; leg: Leg } | { type: 'close'; leg: Leg };

export interface SwitchStep<Leg> {
  state: SwitchState<Leg>;
  effects: readonly SwitchEffect<Leg>[];
}

export function switchover<Leg>(state: SwitchState<Leg>, event: SwitchEvent<Leg>): SwitchStep<Leg> {
  switch (event.type) {
    case 'made':
      return { state: { ...state, legs: [...state.legs, event.leg] }, effects: [] };
    case 'key-frame': {
      const place = state.legs.indexOf(event.leg);
      if (place < 0 || state.active === event.leg) return { state, effects: [] };
      return {
        state: { legs: state.legs.slice(place), active: event.leg },
        effects: [
          { type: 'activate', leg: event.leg },
          ...state.legs.slice(0, place).map((leg) => ({ type: 'close', leg }) as const),
        ],
      };
    }
    case 'gone':
      return {
        state: {
          legs: state.legs.filter((leg) => leg !== event.leg),
          active: state.active === event.leg ? null : state.active,
        },
        effects: [],
      };
    default:
      return event satisfies never;
  }
}
