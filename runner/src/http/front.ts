import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { json, problem, type ApiRequest, type ApiRunner } from '../api/api-types.ts';
import { answerApi } from '../api/router.ts';
import { closeMs, maxReadBytes } from '../connection/defaults.ts';
import { refuse, type AdmissionRules } from '../guard/admit.ts';
import { clientAddress } from '../guard/client-address.ts';
import { readResumeHeader, type ResumeHeader } from '../guard/resume-header.ts';
import type { RunnerMetrics } from '../metrics/runner-metrics.ts';
import type { CandidateScope } from '../session/process-messages.ts';
import { makeServer, tooMany, type ServerRules } from './make-server.ts';
import { readBody } from './read-request.ts';
import { refuseSocket, writeAnswer } from './write-answer.ts';

export const socketPath = '/ws';

/**
 * The socket's address with a runner's name in it, by which a balancer finds the runner to resume at. A name that
 * is not ours is as good: that runner is gone, and its client is to find out here that it must begin anew.
 */
const namedSocketPath = /^\/r\/[\w-]{1,64}\/ws$/;

/** A WebSocket that has been let in. */
export interface Caller {
  socket: WebSocket;
  tcp: Socket;
  /** The client's own, also behind a proxy that is trusted. */
  address: string;
  resume: ResumeHeader;
}

export interface FrontOptions {
  rules: AdmissionRules & ServerRules;
  runner: ApiRunner;
  metrics: RunnerMetrics;
  /** Which of the runner's addresses a client at that address may learn. */
  scopeOf: (clientAddress: string) => CandidateScope;
  onSocket: (caller: Caller) => void;
  report: (error: unknown) => void;
}

/** Makes the server; it does not listen yet. */
export function makeFront(options: FrontOptions): Server {
  const { rules, metrics, onSocket, report } = options;
  const limits = {
    noServer: true,
    maxPayload: maxReadBytes,
    // Media does not pass here, and compression would cost memory per client.
    perMessageDeflate: false,
    clientTracking: false,
    closeTimeout: closeMs,
  };
  const sockets = new WebSocketServer(limits);
  const { server, refused, openOf } = makeServer(options);
  server.on('request', (request, response) => {
    if (!refused.has(request.socket)) void answerRequest(request, response, options);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', report);
    if (refused.has(request.socket)) return;
    const refusal = refuse(request, rules);
    if (refusal !== null) {
      metrics.refused(refusal.status === 401 ? 'unauthorised' : 'forbidden');
      return refuseSocket(socket, refusal.status, refusal.error);
    }
    const path = pathOf(request);
    if (path !== socketPath && !namedSocketPath.test(path)) {
      return refuseSocket(socket, 404, `The WebSocket is at ${socketPath}.`);
    }
    const address = clientAddress(request.socket.remoteAddress, request.headers, rules.trustedProxies);
    // Who comes without a proxy was counted on arrival.
    const release = isProxied(request, address) ? openOf.take(address) : undefined;
    if (release === null) {
      metrics.refused('too-many-connections');
      return refuseSocket(socket, 429, tooMany);
    }
    const tcp = request.socket;
    if (release !== undefined) tcp.once('close', release);
    const resume = readResumeHeader(request.headers['linkspan-resume']);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      // From here on errors are the connection's.
      socket.off('error', report);
      onSocket({ socket: webSocket, tcp, address, resume });
    });
  });
  return server;
}

async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: FrontOptions,
): Promise<void> {
  const { rules, runner, scopeOf, metrics, report } = options;
  try {
    const refusal = refuse(request, rules);
    if (refusal !== null) {
      metrics.refused(refusal.status === 401 ? 'unauthorised' : 'forbidden');
      const challenge = refusal.status === 401 ? { 'www-authenticate': 'Bearer' } : {};
      return writeAnswer(response, json({ error: refusal.error }, refusal.status), challenge);
    }
    if (pathOf(request) === socketPath) {
      const hint = `This is the WebSocket's address: connect with ws://, not http://.`;
      return writeAnswer(response, problem(426, hint), { upgrade: 'websocket', connection: 'upgrade' });
    }
    const body = await readBody(request);
    if (!body.ok) return writeAnswer(response, body.problem, { connection: 'close' });
    const url = request.url ?? '/';
    const address = clientAddress(request.socket.remoteAddress, request.headers, rules.trustedProxies);
    const call: ApiRequest = {
      method: request.method ?? 'GET',
      path: url,
      body: body.value,
      caller: { connectionId: null, sessionId: sessionIdOf(url), address, scope: scopeOf(address) },
    };
    writeAnswer(response, await answerApi(call, runner, report));
  } catch (error) {
    // A client that leaves in the middle of its body.
    report(error);
    response.destroy();
  }
}

function isProxied(request: IncomingMessage, address: string): boolean {
  return address !== clientAddress(request.socket.remoteAddress, {}, []);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

/** The media session that an HTTP client names as its own. */
function sessionIdOf(url: string): string | null {
  const query = url.indexOf('?');
  return query < 0 ? null : new URLSearchParams(url.slice(query)).get('session_id');
}
