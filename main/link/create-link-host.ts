import { defaultLinkPolicy, linkPolicy, type LinkPolicy } from '../../shared/link/retry-policy.ts';
import { fail, ok } from '../../shared/result.ts';
import { systemClock, type Clock } from './clock.ts';
import type { Dialling } from './connect-signalling.ts';
import { linkDefaults, type LinkSettings } from './defaults.ts';
import { endpointUrl } from '../../shared/link/endpoint-url.ts';
import type { LinkEvent, LinkHost, LinkTarget } from './host.ts';
import { Link } from './link.ts';
import type { MediaPort } from './media-port.ts';
import { PageGate } from './page-gate.ts';
import { createAgentFor, type ProxyFor } from './proxy-agent.ts';
import { testEndpoint } from './test-endpoint.ts';

export interface LinkHostOptions {
  media: MediaPort;
  /** Never told a token. */
  log: (level: 'info' | 'warn' | 'error', text: string) => void;
  /** Time and chance; the system's by default. */
  clock?: Clock;
  settings?: Partial<LinkSettings>;
  policy?: Partial<LinkPolicy>;
  /** What the system says about proxies for an address; by default all are reached directly. */
  proxyFor?: ProxyFor;
  /** Told of each socket as soon as it is dialled. */
  socketMade?: Dialling['socketMade'];
}

/** Makes the host of link and relay in this process. */
export function createLinkHost(options: LinkHostOptions): LinkHost {
  const { media, log, clock = systemClock } = options;
  const settings: LinkSettings = { ...linkDefaults, ...options.settings };
  const policy: LinkPolicy = { ...defaultLinkPolicy, ...options.policy };
  const listeners = new Set<(event: LinkEvent) => void>();
  const page = new PageGate(media.pageAttached);
  const emit = (event: LinkEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const agentFor = options.proxyFor && createAgentFor(options.proxyFor, log, clock, settings.proxyMs);
  const dialling: Dialling = {
    ...(agentFor && { agentFor }),
    ...(options.socketMade && { socketMade: options.socketMade }),
  };
  const link = new Link({
    media,
    log,
    clock,
    settings,
    policy,
    page,
    emit,
    dialling,
  });
  const unlisten = media.onPageLost((detail) => {
    page.shut();
    link.tell('The window’s video connection was lost', detail);
  });

  return {
    async attachPage(offerSdp) {
      try {
        const sdp = await media.attachPage(offerSdp);
        page.open();
        return ok({ sdp });
      } catch (error) {
        return fail({ kind: 'media-failed', detail: error instanceof Error ? error.message : String(error) });
      }
    },
    async detachPage() {
      page.shut();
      await link.stop();
      await media.detachPage();
    },
    start: (target: LinkTarget) => link.start(target),
    stop: () => link.stop(),
    retryNow: () => link.retryNow(),
    nudge: (cause) => link.nudge(cause),
    configure(recovery) {
      const { pingIntervalMs, livenessMs, dialMs, mediaSilenceMs } = recovery;
      const adjusted = { ...settings, pingIntervalMs, livenessMs, dialMs, mediaSilenceMs };
      link.configure(adjusted, linkPolicy(recovery));
    },
    api: (request) => link.api(request),
    setParameters: (values, pipelineId) => link.setParameters(values, pipelineId),
    async test({ url, token, userId }): ReturnType<LinkHost['test']> {
      const endpoint = endpointUrl(url);
      if (!endpoint.ok) return endpoint;
      const secret = token?.trim() || null;
      // The runner may have one slot only, and the link holds it.
      return (
        (await link.reportOn(endpoint.value.url, secret)) ??
        testEndpoint({ url: endpoint.value.url, token: secret, userId }, clock, settings, log, dialling)
      );
    },
    status: () => link.status(),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async dispose() {
      await link.stop();
      unlisten();
      listeners.clear();
      await media.dispose();
    },
  };
}
