import { matchCamera } from '../capture/match-camera.ts';
import type { AppEvent } from './app-event.ts';
import { still, type Step } from './app-effect.ts';
import type { AppState } from './app-state.ts';
import { wantsPicture, wantsSource } from './wants-source.ts';

type SourceEvent = Extract<
  AppEvent,
  { type: 'source-reported' | 'cameras-listed' | 'source-chosen' | 'size-chosen' | 'preview-toggled' }
>;

function open(state: AppState): Step {
  const generation = state.source.generation + 1;
  const { settings, ticket } = state;
  return {
    state: { ...state, source: { phase: 'opening', generation, choice: settings.source } },
    effects: [{ type: 'open-source', generation, choice: settings.source, ticket }],
  };
}

/** Opens or lets go the source, as the rest of the state wants it. Runs after every event. */
export function settleSource(state: AppState): Step {
  const on = state.source.phase !== 'off';
  if (wantsSource(state) === on) return still(state);
  if (!on) return open(state);
  const generation = state.source.generation + 1;
  return {
    state: { ...state, source: { phase: 'off', generation } },
    effects: [{ type: 'close-source', generation }],
  };
}

function reported(
  state: AppState,
  { generation, outcome }: Extract<SourceEvent, { type: 'source-reported' }>['report'],
): Step {
  const { source } = state;
  if (source.phase === 'off' || source.generation !== generation) return still(state);
  if (outcome.kind === 'lost') {
    const { choice } = source;
    const lost = { phase: 'substituted', generation, choice, problem: outcome.problem } as const;
    return {
      state: { ...state, source: lost },
      effects: choice.kind === 'camera' ? [{ type: 'list-cameras' }] : [],
    };
  }
  if (!outcome.camera)
    return still({ ...state, source: { phase: 'running', generation, choice: source.choice } });
  const choice = { kind: 'camera', ...outcome.camera } as const;
  return {
    state: {
      ...state,
      settings: { ...state.settings, source: choice },
      source: { phase: 'running', generation, choice },
    },
    // Labels and ids of cameras are only told once one has been opened.
    effects: [{ type: 'list-cameras' }, { type: 'patch-settings', patch: { source: choice } }],
  };
}

/** A camera that was missed and is back is taken again. */
function camerasListed(state: AppState, cameras: AppState['cameras']): Step {
  const next = { ...state, cameras };
  const { source } = state;
  if (source.phase !== 'substituted' || source.choice.kind !== 'camera') return still(next);
  const missed = source.problem.kind === 'unplugged' || source.problem.kind === 'no-camera';
  const returned = !matchCamera(source.choice, state.cameras) && matchCamera(source.choice, cameras);
  return missed && returned ? open(next) : still(next);
}

/** Everything about where the picture comes from. */
export function reduceSource(state: AppState, event: SourceEvent): Step {
  switch (event.type) {
    case 'source-reported':
      return reported(state, event.report);
    case 'cameras-listed':
      return camerasListed(state, event.cameras);
    case 'source-chosen': {
      const settings = { ...state.settings, source: event.choice };
      // Whoever picks a source while nothing streams wants to see it.
      const previewing = state.previewing || !wantsPicture(state);
      const opened = open({ ...state, settings, ticket: event.ticket, previewing });
      return {
        state: opened.state,
        effects: [{ type: 'patch-settings', patch: { source: event.choice } }, ...opened.effects],
      };
    }
    case 'size-chosen':
      return {
        state: { ...state, settings: { ...state.settings, frameSize: event.size } },
        effects: [
          { type: 'resize', size: event.size },
          { type: 'patch-settings', patch: { frameSize: event.size } },
        ],
      };
    case 'preview-toggled':
      return still({ ...state, previewing: !state.previewing });
    default:
      return event satisfies never;
  }
}
