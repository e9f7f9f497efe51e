import { presentBridge } from '../../../shared/bridge/present-bridge.ts';
import type { LinkPresentation } from '../../../shared/link/present-link.ts';
import { useApp } from '../../state/app-context.ts';
import { useNow } from './use-now.ts';

/** Link and picture in words, a countdown kept going. */
export function useLinkText(): LinkPresentation {
  const state = useApp(({ status }) => status.state);
  const counting = 'nextAttemptAt' in state && state.nextAttemptAt !== null;
  const shown = useApp((state) => state.shown);
  return presentBridge(state, shown, useNow(counting));
}
