import type { AppState } from '../../state/app-state.ts';
import { wantsCloud } from '../../state/wants-source.ts';

/** Once there is a picture from the cloud that could stop, and as long as the user has not said. */
export function isFallbackAsked(state: AppState): boolean {
  const { phase } = state.status.state;
  const once = phase === 'live' || phase === 'degraded' || phase === 'recovering' || phase === 'failed';
  return state.settings.fallback === 'ask' && wantsCloud(state) && once;
}
