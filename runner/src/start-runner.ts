import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { destination, pino, type Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { Capability } from '../../shared/wire/capabilities.ts';
import { closeCode } from '../../shared/wire/close-codes.ts';
import { systemClock } from './clock.ts';
import { defaultOptions } from './config/defaults.ts';
import { checkOptions } from './config/parse-command-line.ts';
import type { RunnerOptions } from './config/runner-options.ts';
import { Connection } from './connection/connection.ts';
import { isLoopbackAddress, isLoopbackHost } from './guard/loopback-host.ts';
import { makeFront, socketPath } from './http/front.ts';
import { RunnerState } from './runner-state.ts';
import type { CandidateScope } from './session/process-messages.ts';

/** Only what is real here; see docs/protocol.md for the others. */
const announced: readonly Capability[] = ['frames', 'rebuild'];

export interface Runner {
  /** WebSocket address. */
  readonly url: string;
  readonly httpUrl: string;
  readonly port: number;
  /** Process id of the present session; null while there is none. */
  readonly sessionPid: number | null;
  /** Cuts all clients' sockets without a close frame, as a failing network would. */
  dropSockets(): void;
  /**
   * Ends everything in order: clients are told, processes have ended when this resolves.
   *
   * @param code Close code for the clients: 1012 when the runner will be back, 1001 when not.
   */
  close(code?: number): Promise<void>;
}

/**
 * Starts a runner in this process; media runs in children of it.
 *
 * @param given What differs from the defaults.
 * @throws {Error} If the options contradict each other, or the port cannot be bound.
 */
export async function startRunner(given: Partial<RunnerOptions> = {}): Promise<Runner> {
  const options: RunnerOptions = { ...defaultOptions, ...given };
  const wrong = checkOptions(options);
  if (wrong !== null) throw new Error(wrong);
  // Standard error, so that standard output stays free for what scripts read.
  const log = pino({ level: options.logLevel }, destination({ dest: 2, sync: true }));
  const state = new RunnerState(options, log);
  /** Each with the promise of its session's end. */
  const connections = new Map<Connection, Promise<void>>();
  const front = makeFront({
    rules: options,
    runner: state,
    scopeOf: (peer) => scopeOf(options.host, peer),
    onSocket: (socket, tcp) => welcome({ socket, tcp, options, state, connections, log }),
    report: (error) => log.warn({ err: error }, 'request failed'),
  });
  front.listen(options.port, options.host);
  await once(front, 'listening');
  state.warm();
  const { port } = front.address() as AddressInfo;
  const authority = `${reachableHost(options.host)}:${port}`;
  let closing: Promise<void> | null = null;

  async function shutDown(code: number): Promise<void> {
    state.drain();
    front.close();
    const reason = code === closeCode.serviceRestart ? 'the runner restarts' : 'the runner goes away';
    await Promise.all(
      [...connections].map(async ([connection, departed]) => {
        await connection.close(code, reason);
        await departed;
      }),
    );
    await state.close();
    front.closeAllConnections();
  }

  return {
    port,
    url: `ws://${authority}${socketPath}`,
    httpUrl: `http://${authority}`,
    get sessionPid() {
      return state.slot.current?.pid ?? null;
    },
    dropSockets() {
      for (const connection of connections.keys()) connection.cut();
    },
    close: (code = closeCode.serviceRestart) => (closing ??= shutDown(code)),
  };
}

interface Arrival {
  socket: WebSocket;
  tcp: Socket;
  options: RunnerOptions;
  state: RunnerState;
  connections: Map<Connection, Promise<void>>;
  log: Logger;
}

/** A slot is taken at connect: who gets none is told so and let go, to try another runner or later. */
function welcome({ socket, tcp, options, state, connections, log }: Arrival): void {
  const id = randomUUID();
  const draining = state.health().state === 'draining';
  const lease = draining ? null : state.slot.take(id);
  if (lease === null) {
    const error = draining ? 'The runner is going away.' : 'Another client has the only session.';
    socket.on('error', (problem) => log.warn({ err: problem }, 'socket error'));
    socket.send(JSON.stringify({ type: 'error', error, code: 'NO_FREE_SLOT' }));
    socket.close(closeCode.tryAgainLater, 'no free slot');
    return;
  }
  const held = lease;
  const connection = new Connection({
    id,
    socket,
    tcp,
    lease: held,
    scope: scopeOf(options.host, tcp.remoteAddress),
    runner: state,
    log: log.child({ connection: id }),
    clock: systemClock,
    pingIntervalMs: options.pingIntervalMs,
    capabilities: announced,
    onMediaConnected: () => state.warm(),
  });
  connections.set(connection, depart());

  async function depart(): Promise<void> {
    await connection.closed;
    await state.slot.release(held);
    connections.delete(connection);
    state.warm();
  }
}

/** A runner on loopback tells no other address; one that serves the network does so to clients from there. */
function scopeOf(host: string, peer: string | undefined): CandidateScope {
  if (isLoopbackHost(host)) return 'loopback';
  return isLoopbackAddress(peer) ? 'all' : 'network';
}

function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
