import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { json, problem, type ApiRequest, type ApiRunner } from '../api/api-types.ts';
import { answerApi } from '../api/router.ts';
import { maxPayloadBytes } from '../connection/defaults.ts';
import { refuse, type AdmissionRules } from '../guard/admit.ts';
import type { CandidateScope } from '../session/process-messages.ts';
import { readBody } from './read-request.ts';
import { refuseUpgrade, writeAnswer } from './write-answer.ts';

export const socketPath = '/ws';

export interface FrontOptions {
  rules: AdmissionRules;
  runner: ApiRunner;
  /** Which of the runner's addresses a peer at that address may learn. */
  scopeOf: (peerAddress: string | undefined) => CandidateScope;
  onSocket: (socket: WebSocket, tcp: Socket) => void;
  report: (error: unknown) => void;
}

/** Makes the server; it does not listen yet. */
export function makeFront(options: FrontOptions): Server {
  const { rules, onSocket, report } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxPayloadBytes,
    // Media does not pass here, and compression would cost memory per client.
    perMessageDeflate: false,
    clientTracking: false,
  });
  const server = createServer((request, response) => {
    void answerRequest(request, response, options);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', report);
    const refusal = refuse(request, rules);
    if (refusal !== null) return refuseUpgrade(socket, refusal.status, refusal.error);
    if (pathOf(request) !== socketPath) {
      return refuseUpgrade(socket, 404, `The WebSocket is at ${socketPath}.`);
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => onSocket(webSocket, request.socket));
  });
  return server;
}

async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: FrontOptions,
): Promise<void> {
  const { rules, runner, scopeOf, report } = options;
  try {
    const refusal = refuse(request, rules);
    if (refusal !== null) {
      const challenge = refusal.status === 401 ? { 'www-authenticate': 'Bearer' } : {};
      return writeAnswer(response, json({ error: refusal.error }, refusal.status), challenge);
    }
    if (pathOf(request) === socketPath) {
      const hint = `This is the WebSocket's address: connect with ws://, not http://.`;
      return writeAnswer(response, problem(426, hint), { upgrade: 'websocket', connection: 'upgrade' });
    }
    const body = await readBody(request);
    if (!body.ok) return writeAnswer(response, body.problem, { connection: 'close' });
    const call: ApiRequest = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      body: body.value,
      caller: { connectionId: null, scope: scopeOf(request.socket.remoteAddress) },
    };
    writeAnswer(response, await answerApi(call, runner, report));
  } catch (error) {
    // A client that leaves in the middle of its body.
    report(error);
    response.destroy();
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}
