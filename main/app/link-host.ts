import type { Log } from '../diagnostics/log.ts';
import { createLinkHost, type LinkHostOptions } from '../link/create-link-host.ts';
import type { LinkHost } from '../link/host.ts';
import type { MediaPort } from '../link/media-port.ts';
import type { ProxyFor } from '../link/proxy-agent.ts';
import type { MediaTap } from '../relay/media-tap.ts';
import { createRelay } from '../relay/relay.ts';

/** Where a development build can break the link. A packaged app has nothing to put there. */
export interface Breakages {
  readonly tap: MediaTap;
  readonly socketMade: NonNullable<LinkHostOptions['socketMade']>;
  around(media: MediaPort): MediaPort;
}

/**
 * Link and relay, in this process. Moving them into another one changes this file.
 *
 * @param proxyFor The system's answer about proxies.
 * @param breakages Null in every build that is used.
 */
export function openLinkHost(log: Log, proxyFor: ProxyFor, breakages: Breakages | null): LinkHost {
  const media = createRelay(breakages === null ? {} : { tap: breakages.tap });
  return createLinkHost({
    media: breakages?.around(media) ?? media,
    log: (level, text) => log[level]('link:', text),
    proxyFor,
    ...(breakages && { socketMade: breakages.socketMade }),
  });
}
