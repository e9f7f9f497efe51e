import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import {
  attributes,
  decode,
  encode,
  isSignedWith,
  packAddress,
  unpackAddress,
  unsigned32,
  type Address,
  type Method,
  type StunMessage,
} from './stun-message.ts';

export const credentials = { username: 'user', credential: 'secret' };

/**
 * Where a runner seems to be that only the TURN server reaches: what is sent there directly comes to nothing, and the
 * server sends it to where the runner really is, and says of what comes from there that it came from here.
 */
export const behindTheServer = '127.0.0.2';

export interface Client {
  from: Address;
  answer: (packet: Buffer) => void;
}

/** What all clients of a server share. */
export interface ServerBooks {
  readonly realm: string;
  readonly key: Buffer;
  readonly nonce: string;
  /** Requests that were in order. */
  readonly requests: Method[];
  /** Refusals, by code. */
  readonly refusals: number[];
  /** Datagrams from a client to its peers, and back. */
  readonly relayed: { fromClient: number; toClient: number };
  /** Called with each request that is in order; what it returns is waited for before the answer. */
  readonly hold: (method: Method) => Promise<void> | undefined;
  /** Where runners behind the server really are, by port; 127.0.0.1 where nothing is said. */
  readonly behind: ReadonlyMap<number, string>;
  /** Something happened. */
  note(): void;
}

const defaultLifetimeSeconds = 600;
const isChannelData = (packet: Buffer) => packet[0]! >> 6 === 1;
const nameOf = ({ address, port }: Address) => `${address}:${port}`;

/** What a TURN server keeps of one client: its allocation, permissions and channels. */
export class ServedClient {
  relay: Socket | null = null;
  #opening: Promise<Socket> | null = null;
  #state: 'served' | 'gone' = 'served';
  readonly #server: ServerBooks;
  readonly #client: Client;
  /** By address alone (RFC 8656, 9). */
  readonly #permitted = new Set<string>();
  readonly #peers = new Map<number, Address>();
  /** By the peer's name. */
  readonly channels = new Map<string, number>();
  #rest: Buffer = Buffer.alloc(0);

  constructor(server: ServerBooks, client: Client) {
    this.#server = server;
    this.#client = client;
  }

  free(): void {
    this.relay?.close();
    this.relay = null;
  }

  /** It will not come back. */
  leave(): void {
    this.#state = 'gone';
    this.free();
  }

  takeChunk(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= 4) {
      const length = this.#rest.readUInt16BE(2);
      const whole = isChannelData(this.#rest) ? 4 + Math.ceil(length / 4) * 4 : 20 + length;
      if (this.#rest.length < whole) return;
      this.take(this.#rest.subarray(0, whole));
      this.#rest = this.#rest.subarray(whole);
    }
  }

  take(packet: Buffer): void {
    if (isChannelData(packet)) {
      const peer = this.#peers.get(packet.readUInt16BE(0));
      if (peer) this.#toPeer(peer, packet.subarray(4, 4 + packet.readUInt16BE(2)));
      return;
    }
    const message = decode(packet);
    if (message?.class === 'request') void this.#answer(message);
    if (message?.class === 'indication' && message.method === 'send') {
      const peer = unpackAddress(message.attributes.get(attributes.peer)!);
      if (this.#permitted.has(peer.address)) this.#toPeer(peer, message.attributes.get(attributes.data)!);
    }
  }

  async #answer(message: StunMessage): Promise<void> {
    const { server, refusal } = { server: this.#server, refusal: this.#refusal(message) };
    if (refusal !== null) {
      server.refusals.push(refusal);
      this.#client.answer(
        encode(message, 'error', {
          error: Buffer.concat([
            Buffer.from([0, 0, Math.floor(refusal / 100), refusal % 100]),
            Buffer.from('no'),
          ]),
          realm: Buffer.from(server.realm),
          nonce: Buffer.from(server.nonce),
        }),
      );
      return server.note();
    }
    server.requests.push(message.method);
    server.note();
    await server.hold(message.method);
    if (this.#state === 'gone') return;
    const values = await this.#carryOut(message);
    this.#client.answer(encode(message, 'success', values, server.key));
    server.note();
  }

  /** Neither 401 nor 438 is signed (RFC 8489, 9.2.4). */
  #refusal(message: StunMessage): number | null {
    const username = message.attributes.get(attributes.username)?.toString();
    const nonce = message.attributes.get(attributes.nonce)?.toString();
    if (!message.signed || username !== credentials.username) return 401;
    if (nonce !== this.#server.nonce) return 438;
    return isSignedWith(message, this.#server.key) ? null : 401;
  }

  async #carryOut({ method, attributes: given }: StunMessage): Promise<Parameters<typeof encode>[2]> {
    const peer = given.has(attributes.peer) ? unpackAddress(given.get(attributes.peer)!) : null;
    const lifetime = given.get(attributes.lifetime) ?? unsigned32(defaultLifetimeSeconds);
    if (method === 'allocate') {
      this.relay = await (this.#opening ??= this.#openRelay());
      return {
        relayed: packAddress(this.relay.address()),
        mapped: packAddress(this.#client.from),
        lifetime,
      };
    }
    if (method === 'refresh' && lifetime.readUInt32BE(0) === 0) this.free();
    if (peer) this.#permitted.add(peer.address);
    if (method === 'channelBind' && peer) {
      const number = given.get(attributes.channel)!.readUInt16BE(0);
      this.#peers.set(number, peer);
      this.channels.set(nameOf(peer), number);
    }
    return method === 'refresh' ? { lifetime } : {};
  }

  async #openRelay(): Promise<Socket> {
    const socket = createSocket('udp4');
    socket.on('message', (packet, { port }) => this.#fromPeer({ address: behindTheServer, port }, packet));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return socket;
  }

  #toPeer({ address, port }: Address, packet: Buffer): void {
    this.#server.relayed.fromClient++;
    this.relay?.send(
      packet,
      port,
      address === behindTheServer ? (this.#server.behind.get(port) ?? '127.0.0.1') : address,
    );
  }

  #fromPeer(peer: Address, packet: Buffer): void {
    if (!this.#permitted.has(peer.address)) return;
    this.#server.relayed.toClient++;
    const channel = this.channels.get(nameOf(peer));
    if (channel === undefined) {
      const indication = { method: 'data', transaction: Buffer.alloc(12) } as const;
      return this.#client.answer(encode(indication, 'indication', { peer: packAddress(peer), data: packet }));
    }
    const head = Buffer.alloc(4);
    head.writeUInt16BE(channel, 0);
    head.writeUInt16BE(packet.length, 2);
    this.#client.answer(Buffer.concat([head, packet]));
  }
}
