import type { Shown } from '../../../shared/bridge/shown.ts';
import type { LinkState } from '../../../shared/link/state.ts';

/**
 * What of a link is read aloud: no countdown; and of one that is made behind this computer's picture that it is,
 * not each of its steps.
 */
export function announcedLink(link: LinkState, shown: Shown): LinkState {
  if ('nextAttemptAt' in link) return { ...link, nextAttemptAt: null, stage: null };
  return link.phase === 'connecting' && shown.kind === 'local' ? { ...link, stage: 'dialling' } : link;
}
