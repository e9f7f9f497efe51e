import { parseIceServers } from 'werift';
import type { IceServer } from '../../../../shared/wire/server-messages.ts';
import { relaying } from '../../defaults.ts';

/** How we reach the server; what it relays is UDP in any case. */
type TurnTransport = 'udp' | 'tcp' | 'tls';

export interface TurnServer {
  host: string;
  port: number;
  transport: TurnTransport;
  username: string;
  credential: string;
}

/** In the order of preference: TCP makes late packets of lost ones, TLS costs a round trip more. */
const transports: readonly TurnTransport[] = ['udp', 'tcp', 'tls'];

/**
 * The TURN servers to ask, best first. Those that cannot be read or come without credentials are left out, as browsers
 * do; `turn:` without a transport is UDP.
 */
export function turnServers(iceServers: readonly IceServer[]): TurnServer[] {
  const all = iceServers.flatMap(({ urls, username, credential }) =>
    username && credential
      ? [urls].flat().flatMap((url): TurnServer[] => {
          const { turnServer, turnTransport: transport = 'udp' } = parseIceServers([{ urls: url }]);
          return turnServer
            ? [{ host: turnServer[0], port: turnServer[1], transport, username, credential }]
            : [];
        })
      : [],
  );
  const distinct = [...new Map(all.map((server) => [turnUrl(server), server])).values()];
  return transports.flatMap((transport) =>
    distinct.filter((server) => server.transport === transport).slice(0, relaying.serversPerTransport),
  );
}

/** For people: the server without its credentials. */
export function turnUrl({ host, port, transport }: TurnServer): string {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return transport === 'tls' ? `turns:${authority}` : `turn:${authority}?transport=${transport}`;
}
