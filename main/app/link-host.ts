import type { Log } from '../diagnostics/log.ts';
import { createLinkHost } from '../link/create-link-host.ts';
import type { LinkHost } from '../link/host.ts';
import { createRelay } from '../relay/relay.ts';

/** Link and relay, in this process. Moving them into another one changes this file. */
export const openLinkHost = (log: Log): LinkHost =>
  createLinkHost({ media: createRelay(), log: (level, text) => log[level]('link:', text) });
