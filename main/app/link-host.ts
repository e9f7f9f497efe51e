import type { Log } from '../diagnostics/log.ts';
import { createLinkHost } from '../link/create-link-host.ts';
import type { LinkHost } from '../link/host.ts';
import type { ProxyFor } from '../link/proxy-agent.ts';
import { createRelay } from '../relay/relay.ts';

/**
 * Link and relay, in this process. Moving them into another one changes this file.
 *
 * @param proxyFor The system's answer about proxies.
 */
export const openLinkHost = (log: Log, proxyFor: ProxyFor): LinkHost =>
  createLinkHost({ media: createRelay(), log: (level, text) => log[level]('link:', text), proxyFor });
