import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

export type Message = Record<string, unknown> & { type: string };

/** One connection as the runner sees it. */
export class ScriptedPeer {
  readonly socket: WebSocket;
  readonly upgrade: IncomingMessage;
  readonly received: Message[] = [];
  readonly closed: Promise<number>;
  readonly #waiting = new Set<() => void>();

  constructor(socket: WebSocket, upgrade: IncomingMessage, answer: Answer) {
    this.socket = socket;
    this.upgrade = upgrade;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', (error) => this.received.push({ type: `socket error: ${error.message}` }));
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Message;
      this.received.push(message);
      const reply = answer(message, this);
      if (reply !== null) this.send({ request_id: message.request_id, ...reply });
      for (const wake of this.#waiting) wake();
    });
  }

  send(message: Record<string, unknown>): void {
    this.socket.send(JSON.stringify(message));
  }

  /** All messages of a type so far. */
  said(type: string): Message[] {
    return this.received.filter((message) => message.type === type);
  }

  /** The first message of a type that fits, now or later. */
  async message(type: string, fits: (message: Message) => boolean = () => true): Promise<Message> {
    for (;;) {
      const found = this.received.find((message) => message.type === type && fits(message));
      if (found) return found;
      // oxlint-disable-next-line no-await-in-loop -- one message after the other
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }
}

/** Null: no answer at all. */
export type Answer = (message: Message, peer: ScriptedPeer) => Record<string, unknown> | null;

export interface Script {
  /** Called for each connection before anything is said; says `ready` by default. */
  greet(peer: ScriptedPeer): void;
  answer: Answer;
  port: number;
}

export const sketch = {
  id: 'sketch',
  title: 'Sketch',
  description: '',
  version: '1',
  parameters: [{ name: 'strength', label: 'Strength', kind: 'range', min: 0, max: 1, step: 0.1, default: 1 }],
};

/** A base server's answers: every request succeeds. */
export const agreeable: Answer = (message) => {
  switch (message.type) {
    case 'get_ice_servers':
      return { type: 'ice_servers', data: { iceServers: [] }, status: 200 };
    case 'offer':
      return { type: 'answer', sdp: `answer to ${String(message.sdp)}`, sdp_type: 'answer', sessionId: 's1' };
    case 'icecandidate':
      return { type: 'icecandidate_ack', status: 'ok' };
    case 'api':
      return {
        type: 'api_response',
        status: 200,
        data: message.path === '/api/v1/pipelines' ? { pipelines: [sketch] } : { ok: true },
      };
    default:
      return null;
  }
};

/** A real WebSocket server on a port of its own, whose side of the talk the test writes. */
export class ScriptedRunner {
  readonly http: Server;
  readonly #sockets: WebSocketServer;
  readonly peers: ScriptedPeer[] = [];
  readonly #arrivals = new Set<() => void>();

  private constructor(http: Server, script: Partial<Script>) {
    this.http = http;
    this.#sockets = new WebSocketServer({ server: http });
    this.#sockets.on('connection', (socket, upgrade) => {
      const peer = new ScriptedPeer(socket, upgrade, script.answer ?? agreeable);
      this.peers.push(peer);
      (script.greet ?? ((newcomer: ScriptedPeer) => newcomer.send({ type: 'ready', connection_id: 'c1' })))(
        peer,
      );
      for (const wake of this.#arrivals) wake();
    });
  }

  static async listen(script: Partial<Script> = {}): Promise<ScriptedRunner> {
    const http = createServer((_request, response) => response.writeHead(404).end());
    const runner = new ScriptedRunner(http, script);
    http.listen(script.port ?? 0, '127.0.0.1');
    await once(http, 'listening');
    return runner;
  }

  get port(): number {
    return (this.http.address() as AddressInfo).port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** The `n`th connection, counted from 1, now or later. */
  async peer(n: number): Promise<ScriptedPeer> {
    while (this.peers.length < n) {
      // oxlint-disable-next-line no-await-in-loop -- one arrival after the other
      await new Promise<void>((resolve) => {
        this.#arrivals.add(resolve);
      });
    }
    return this.peers[n - 1]!;
  }

  async close(): Promise<void> {
    for (const peer of this.peers) peer.socket.terminate();
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }
}
