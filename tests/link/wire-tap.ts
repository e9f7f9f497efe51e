import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { Message } from './scripted-runner.ts';

/** One socket that went through, with all that was said on it. */
export interface TappedSocket {
  path: string;
  headers: IncomingHttpHeaders;
  /** From the app, from the runner. */
  said: Message[];
  heard: Message[];
  /** Resets the connection on both sides, as a router does that has forgotten it. */
  cut(): void;
}

/**
 * Stands between link and runner and writes down upgrade requests and messages. WebSocket pings and pongs pass
 * as they are, and so do close codes.
 */
export class WireTap {
  readonly #http: Server;
  readonly #server: WebSocketServer;
  readonly #runnerUrl: () => string;
  readonly sockets: TappedSocket[] = [];
  /** Set by a test: what becomes of a message of the app; by default it passes. */
  fromApp: (message: Message) => 'pass' | 'drop' | { type: string; [field: string]: unknown } = () => 'pass';
  /** Set by a test: upgrade requests are answered with this status. */
  refuseWith: number | null = null;

  private constructor(http: Server, runnerUrl: () => string) {
    this.#http = http;
    this.#runnerUrl = runnerUrl;
    this.#server = new WebSocketServer({ noServer: true, autoPong: false });
    http.on('upgrade', (request, socket, head) => {
      if (this.refuseWith !== null) {
        socket.end(`HTTP/1.1 ${this.refuseWith} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
        return;
      }
      this.#server.handleUpgrade(request, socket, head, (app) => {
        this.#join(app, request.url ?? '', request.headers);
      });
    });
  }

  static async start(runnerUrl: () => string): Promise<WireTap> {
    const http = createServer((_request, response) => response.writeHead(404).end());
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return new WireTap(http, runnerUrl);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}/ws`;
  }

  get last(): TappedSocket {
    return this.sockets.at(-1)!;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.cut();
    this.#http.closeAllConnections();
    this.#server.close();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  #join(app: WebSocket, path: string, headers: IncomingHttpHeaders): void {
    const target = new URL(this.#runnerUrl());
    target.pathname = path;
    const { authorization, 'linkspan-resume': resume } = headers;
    const runner = new WebSocket(target, {
      autoPong: false,
      perMessageDeflate: false,
      headers: {
        ...(authorization && { authorization }),
        ...(typeof resume === 'string' && { 'linkspan-resume': resume }),
      },
    });
    const tapped: TappedSocket = {
      path,
      headers,
      said: [],
      heard: [],
      cut: () => {
        reset(app);
        reset(runner);
      },
    };
    this.sockets.push(tapped);
    const opened = once(runner, 'open').catch(() => undefined);
    const toRunner = (send: () => void): void =>
      void opened.then(() => runner.readyState === WebSocket.OPEN && send());
    const toApp = (send: () => void): void => void (app.readyState === WebSocket.OPEN && send());
    app.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Message;
      tapped.said.push(message);
      const verdict = this.fromApp(message);
      if (verdict === 'pass') toRunner(() => runner.send(data.toString()));
      else if (verdict !== 'drop')
        app.send(JSON.stringify({ request_id: message['request_id'], ...verdict }));
    });
    runner.on('message', (data: Buffer) => {
      tapped.heard.push(JSON.parse(data.toString()) as Message);
      toApp(() => app.send(data.toString()));
    });
    app.on('ping', (data) => toRunner(() => runner.ping(data)));
    app.on('pong', (data) => toRunner(() => runner.pong(data)));
    runner.on('ping', (data) => toApp(() => app.ping(data)));
    runner.on('pong', (data) => toApp(() => app.pong(data)));
    app.on('close', (code, reason) => toRunner(() => leave(runner, code, reason)));
    runner.on('close', (code, reason) => leave(app, code, reason));
    for (const end of [app, runner]) end.on('error', () => tapped.cut());
  }
}

/** A close frame with the same code; what had none, or a broken end, is broken on the other side too. */
function leave(end: WebSocket, code: number, reason: Buffer): void {
  if (code === 1005) end.close();
  else if (code === 1006) reset(end);
  else end.close(code, reason);
}

function reset(end: WebSocket): void {
  const { _socket: socket } = end as WebSocket & { _socket?: { resetAndDestroy(): void } | null };
  if (socket === null || socket === undefined) end.terminate();
  else socket.resetAndDestroy();
}
