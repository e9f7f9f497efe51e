import { presentLink, type LinkPresentation } from '../../../shared/link/present-link.ts';
import { useApp } from '../../state/app-context.ts';
import { useNow } from './use-now.ts';

/** The link in words, its countdown kept going. */
export function useLinkText(): LinkPresentation {
  const state = useApp(({ status }) => status.state);
  const counting = 'nextAttemptAt' in state && state.nextAttemptAt !== null;
  return presentLink(state, useNow(counting));
}
