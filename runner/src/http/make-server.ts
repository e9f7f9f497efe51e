import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { RunnerOptions } from '../config/runner-options.ts';
import { clientAddress } from '../guard/client-address.ts';
import { ConnectionCount } from '../guard/connection-count.ts';
import {
  handshakeMs,
  handshakeShare,
  keepAliveMs,
  maxSockets,
  overdueCheckMs,
  requestMs,
} from '../guard/defaults.ts';
import type { RunnerMetrics } from '../metrics/runner-metrics.ts';
import { refuseSocket } from './write-answer.ts';

export type ServerRules = Pick<RunnerOptions, 'tls' | 'trustedProxies' | 'maxConnectionsPerAddress'>;

/** Milliseconds that a client may take, see `../guard/defaults.ts`. */
interface ServerTimes {
  handshakeMs: number;
  requestMs: number;
  keepAliveMs: number;
  overdueCheckMs: number;
}

export interface ServerOptions {
  rules: ServerRules;
  metrics: Pick<RunnerMetrics, 'refused'>;
  report: (error: unknown) => void;
  /** Those of `../guard/defaults.ts`, unless a test is in a hurry. */
  times?: ServerTimes | undefined;
}

export interface LimitedServer {
  server: Server;
  /** Sockets that have been told that there are too many; whatever else comes from them is not heeded. */
  refused: WeakSet<Socket>;
  openOf: ConnectionCount;
}

export const tooMany = 'Too many connections are open from your address. Close some, or try again later.';

/** The server with its limits: how long a client may take to say what it wants, and how many may be open. */
export function makeServer(options: ServerOptions): LimitedServer {
  const { rules, metrics, report } = options;
  const times = options.times ?? { handshakeMs, requestMs, keepAliveMs, overdueCheckMs };
  const limits = {
    headersTimeout: times.handshakeMs,
    requestTimeout: times.requestMs,
    keepAliveTimeout: times.keepAliveMs,
    connectionsCheckingInterval: times.overdueCheckMs,
  };
  const { tls } = rules;
  const server =
    tls === null
      ? createServer(limits)
      : createTlsServer({ ...limits, ...tls, handshakeTimeout: times.handshakeMs });
  server.maxConnections = maxSockets;
  const refused = new WeakSet<Socket>();
  const openOf = new ConnectionCount(rules.maxConnectionsPerAddress);
  if (tls !== null) limitHandshakes(server, options);
  server.on(tls === null ? 'connection' : 'secureConnection', (socket: Socket) => {
    if (takePlace(socket, openOf, rules)) return;
    metrics.refused('too-many-connections');
    refused.add(socket);
    socket.on('error', report);
    refuseSocket(socket, 429, tooMany);
  });
  return { server, refused, openOf };
}

/** Counts connections from their very beginning; what is too many before TLS is cut without a word. */
function limitHandshakes(server: Server, { rules, metrics }: ServerOptions): void {
  const begunBy = new ConnectionCount(handshakeShare * rules.maxConnectionsPerAddress);
  server.on('connection', (socket: Socket) => {
    if (takePlace(socket, begunBy, rules)) return;
    metrics.refused('too-many-connections');
    socket.destroy();
  });
}

/** @returns Whether its address had one left; it is given back when the socket closes. */
function takePlace(socket: Socket, places: ConnectionCount, { trustedProxies }: ServerRules): boolean {
  const address = clientAddress(socket.remoteAddress, {}, []);
  // Those of a proxy are counted by the addresses that it names.
  if (trustedProxies.includes(address)) return true;
  const release = places.take(address);
  if (release !== null) socket.once('close', release);
  return release !== null;
}
