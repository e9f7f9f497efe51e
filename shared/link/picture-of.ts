import type { LinkState } from './state.ts';

/**
 * What the picture on screen is worth.
 *
 * - `live`: it comes from a runner over a link that is up.
 * - `goes-on`: the grace: signalling was lost, and the runner sends for as long as it keeps the session.
 * - `last`: it stands still; nothing comes at the moment.
 * - `none`: there is none of this link.
 */
export type Picture = 'live' | 'goes-on' | 'last' | 'none';

/** The one rule by which every surface says whether media is up. */
export function pictureOf(state: LinkState): Picture {
  switch (state.phase) {
    case 'live':
      return 'live';
    case 'degraded':
      return state.reason === 'stalled' ? 'last' : 'live';
    case 'recovering':
      return state.media === 'flowing' ? 'goes-on' : 'last';
    case 'idle':
    case 'connecting':
    case 'failed':
      return 'none';
    default:
      return state satisfies never;
  }
}
