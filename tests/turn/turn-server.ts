import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket as Stream } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { credentials, ServedClient, type Client, type ServerBooks } from './served-client.ts';
import { longTermKey, type Address, type Method } from './stun-message.ts';

export interface TurnServerOptions {
  transport?: 'udp' | 'tcp' | 'tls';
  tls?: { key: string; cert: string };
  hold?: ServerBooks['hold'];
}

/** A TURN server (RFC 8656) with long-term credentials, for one test, on 127.0.0.1. */
export class TurnServer implements ServerBooks {
  readonly realm = 'test';
  readonly key = longTermKey(credentials.username, this.realm, credentials.credential);
  readonly hold: ServerBooks['hold'];
  readonly requests: Method[] = [];
  readonly refusals: number[] = [];
  readonly relayed = { fromClient: 0, toClient: 0 };
  readonly behind = new Map<number, string>();
  nonce = 'nonce 0';
  port = 0;
  readonly #transport: 'udp' | 'tcp' | 'tls';
  readonly #clients = new Map<string, ServedClient>();
  readonly #streams = new Set<Stream>();
  #listener: Socket | Server | null = null;
  #waiting: (() => void)[] = [];

  private constructor({ transport = 'udp', hold = () => undefined }: TurnServerOptions) {
    this.#transport = transport;
    this.hold = hold;
  }

  static async start(options: TurnServerOptions = {}): Promise<TurnServer> {
    const server = new TurnServer(options);
    await (server.#transport === 'udp'
      ? server.#listenForDatagrams()
      : server.#listenForStreams(options.tls));
    return server;
  }

  get iceServer(): { urls: string; username: string; credential: string } {
    const urls =
      this.#transport === 'tls'
        ? `turns:127.0.0.1:${this.port}`
        : `turn:127.0.0.1:${this.port}?transport=${this.#transport}`;
    return { urls, ...credentials };
  }

  /** Allocations that were made and not given back. */
  get allocations(): number {
    return [...this.#clients.values()].filter(({ relay }) => relay !== null).length;
  }

  get relayPorts(): number[] {
    return [...this.#clients.values()].flatMap(({ relay }) => (relay ? [relay.address().port] : []));
  }

  get connections(): number {
    return this.#streams.size;
  }

  count(method: Method): number {
    return this.requests.filter((request) => request === method).length;
  }

  /** Requests with the nonce before are refused with 438 from now on. */
  changeNonce(): void {
    this.nonce = `${this.nonce}+`;
  }

  /** Ends all streams, as a server that is restarted. */
  dropClients(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  /** From now on everything reaches the clients in indications. */
  forgetChannels(): void {
    for (const client of this.#clients.values()) client.channels.clear();
  }

  /** Streams pile up at the clients from now on. */
  stopReading(): void {
    for (const stream of this.#streams) stream.pause();
  }

  /** From the server's own address, to anybody. */
  sendFrom(text: string, port: number): void {
    if (this.#listener && 'send' in this.#listener) this.#listener.send(text, port, '127.0.0.1');
  }

  /** Sends to all clients what they did not ask for. */
  sendGarbage(bytes: Buffer): void {
    for (const stream of this.#streams) stream.write(bytes);
  }

  /** Waits until what is asked holds; looked at whenever something happened. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  note(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }

  async close(): Promise<void> {
    this.dropClients();
    for (const client of this.#clients.values()) client.leave();
    const listener = this.#listener;
    if (!listener) return;
    this.#listener = null;
    listener.close();
    await once(listener, 'close');
  }

  async #listenForDatagrams(): Promise<void> {
    const socket = createSocket('udp4');
    this.#listener = socket;
    socket.on('message', (packet, { address, port }) => {
      this.#client({ address, port }, (answer) => socket.send(answer, port, address)).take(packet);
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    this.port = socket.address().port;
  }

  async #listenForStreams(tls: TurnServerOptions['tls']): Promise<void> {
    const server = tls
      ? createTlsServer(tls, (stream) => this.#serve(stream))
      : createServer((stream) => this.#serve(stream));
    this.#listener = server;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
  }

  #serve(stream: Stream): void {
    const { remoteAddress: address = '', remotePort: port = 0 } = stream;
    const client = this.#client({ address, port }, (answer) => {
      stream.write(Buffer.concat([answer, Buffer.alloc((4 - (answer.length % 4)) % 4)]));
    });
    this.#streams.add(stream);
    stream.on('data', (chunk: Buffer) => client.takeChunk(chunk));
    stream.on('error', () => undefined);
    stream.on('close', () => {
      this.#streams.delete(stream);
      client.leave();
      this.note();
    });
  }

  #client(from: Address, answer: Client['answer']): ServedClient {
    const name = `${from.address}:${from.port}`;
    const client = this.#clients.get(name) ?? new ServedClient(this, { from, answer });
    this.#clients.set(name, client);
    return client;
  }
}
