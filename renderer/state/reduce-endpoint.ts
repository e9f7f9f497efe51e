import type { AppEvent } from './app-event.ts';
import { still, type Step } from './app-effect.ts';
import type { AppState } from './app-state.ts';
import { endpointName } from './endpoint-name.ts';
import { canStart, startLink } from './reduce-link.ts';

type EndpointEvent = Extract<
  AppEvent,
  {
    type:
      | 'test-endpoint'
      | 'endpoint-tested'
      | 'save-endpoint'
      | 'endpoint-saved'
      | 'endpoint-edited'
      | 'endpoint-changed';
  }
>;

/** An answer counts only while its question is still the last one asked. */
function isAwaited(state: AppState, phase: 'testing' | 'saving', url: string): boolean {
  return state.endpointCheck.phase === phase && state.endpointCheck.url === url;
}

/** Goes to another endpoint; a stream that is on moves there at once. */
function moveTo(state: AppState, endpoint: AppState['endpoint']): Step {
  const previewing = endpoint === null && state.settings.route === 'cloud';
  const next: AppState = { ...state, endpoint, previewing, endpointAsked: 0 };
  const moves = endpoint !== null && canStart(next);
  return { state: next, effects: moves ? [startLink(next)] : [] };
}

function saved(state: AppState, event: Extract<EndpointEvent, { type: 'endpoint-saved' }>): Step {
  const { url, result } = event;
  if (!isAwaited(state, 'saving', url)) return still(state);
  if (!result.ok) return still({ ...state, endpointCheck: { phase: 'refused', url, fault: result.problem } });
  const moved = moveTo({ ...state, endpointCheck: { phase: 'saved', url } }, result.value);
  if (result.value === null || state.settings.streaming) return moved;
  // Saving an endpoint means using it: whoever had stopped before was on another.
  return {
    state: { ...moved.state, settings: { ...state.settings, streaming: true } },
    effects: [{ type: 'patch-settings', patch: { streaming: true } }, ...moved.effects],
  };
}

/** Everything about where the stream goes. */
export function reduceEndpoint(state: AppState, event: EndpointEvent): Step {
  switch (event.type) {
    case 'test-endpoint': {
      const { url, token } = event;
      return {
        state: { ...state, endpointCheck: { phase: 'testing', url } },
        effects: [{ type: 'test-endpoint', url, token }],
      };
    }
    case 'endpoint-tested': {
      const { url, result } = event;
      if (!isAwaited(state, 'testing', url)) return still(state);
      return still({
        ...state,
        endpointCheck: result.ok
          ? { phase: 'passed', url, report: result.value }
          : { phase: 'refused', url, fault: result.problem },
      });
    }
    case 'save-endpoint': {
      const { url, token } = event;
      const endpoint = url === null ? null : { url, name: endpointName(url) };
      return {
        state: { ...state, endpointCheck: { phase: 'saving', url: url ?? '' } },
        effects: [{ type: 'save-endpoint', endpoint, token }],
      };
    }
    case 'endpoint-saved':
      return saved(state, event);
    case 'endpoint-changed':
      return moveTo({ ...state, endpointCheck: { phase: 'none' } }, event.endpoint);
    case 'endpoint-edited':
      return still({ ...state, endpointCheck: { phase: 'none' } });
    default:
      return event satisfies never;
  }
}
