import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { realClock, type FaultClock, type Scope, type Towards } from './faults.ts';
import { seededRandom } from './seeded-random.ts';

/** What one direction of a UDP path suffers. Nothing is sent again here: that is the peers' affair. */
export interface PathFaults {
  /** Share of datagrams lost, 0 to 1. */
  loss: number;
  delayMs: number;
  /** Every datagram vanishes, and nobody is told. */
  silent: boolean;
}

export interface UdpPathOptions extends Partial<PathFaults> {
  clock?: FaultClock;
  /** Decides which datagrams are lost. */
  seed?: number;
  /** Told of every datagram that gets through, at the moment it does. */
  passed?: (towards: Towards, bytes: Buffer) => void;
}

export interface Place {
  address: string;
  port: number;
}

/** A sender behind the router, and the socket by which the server knows it. */
interface Mapping {
  client: Place;
  outside: Promise<Socket>;
}

const clearSky: Readonly<PathFaults> = { loss: 0, delayMs: 0, silent: false };
const ways: readonly Towards[] = ['server', 'client'];
/** Key frames come in bursts. */
const bufferBytes = 4 * 1_048_576;

/**
 * A router on loopback between senders of UDP and one server: clients send to `port`, and each is seen by the
 * server under a port of its own, as behind a NAT.
 */
export class UdpPath {
  /** Datagrams that got through. */
  readonly carried: Record<Towards, number> = { server: 0, client: 0 };
  /** Datagrams that did not. */
  readonly lost: Record<Towards, number> = { server: 0, client: 0 };
  readonly #options: UdpPathOptions;
  readonly #clock: FaultClock;
  readonly #inside: Socket;
  readonly #faults: Record<Towards, PathFaults>;
  readonly #random: Record<Towards, () => number>;
  readonly #mappings = new Map<number, Mapping>();
  readonly #sockets: Socket[];
  readonly #timers = new Set<object | number>();
  #server: Place | null = null;
  #closed = false;

  private constructor(inside: Socket, options: UdpPathOptions) {
    const { clock = realClock, seed = 1, passed: _passed, ...faults } = options;
    this.#options = options;
    this.#clock = clock;
    this.#faults = { server: { ...clearSky, ...faults }, client: { ...clearSky, ...faults } };
    this.#random = { server: seededRandom(seed, 0), client: seededRandom(seed, 1) };
    this.#inside = inside;
    this.#sockets = [inside];
    inside.on('message', (bytes, from) => this.#fromClient(bytes, from));
  }

  static async open(options: UdpPathOptions = {}): Promise<UdpPath> {
    return new UdpPath(await bind(), options);
  }

  /** Where clients send to, on 127.0.0.1. */
  get port(): number {
    return this.#inside.address().port;
  }

  /** Where the server is. What clients send before this is known is lost. */
  leadTo(server: Place): void {
    this.#server = server;
  }

  /** Changes what the path suffers, from now on. */
  change(faults: Partial<PathFaults>, { towards }: Pick<Scope, 'towards'> = {}): void {
    for (const way of towards ? [towards] : ways) this.#faults[way] = { ...this.#faults[way], ...faults };
  }

  silence(scope: Pick<Scope, 'towards'> = {}): void {
    this.change({ silent: true }, scope);
  }

  /** Ends all faults; a rebinding stays. */
  heal(): void {
    this.change(clearSky);
  }

  /**
   * From now on the server sees other ports, as after a NAT has forgotten its table. What it sends to those it
   * knew vanishes; no ICMP tells it.
   */
  rebind(): void {
    this.#mappings.clear();
  }

  /** No socket and no timer is left. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) this.#clock.clearTimeout(timer);
    this.#timers.clear();
    await Promise.all([...this.#mappings.values()].map(({ outside }) => outside));
    await Promise.all(
      this.#sockets.splice(0).map(async (socket) => {
        socket.close();
        await once(socket, 'close');
      }),
    );
  }

  #fromClient(bytes: Buffer, { address, port }: Place): void {
    let mapping = this.#mappings.get(port);
    if (mapping === undefined) {
      const made: Mapping = { client: { address, port }, outside: bind() };
      void made.outside.then((socket) => this.#listenOutside(socket, made));
      this.#mappings.set(port, made);
      mapping = made;
    }
    const { outside } = mapping;
    this.#send('server', bytes, () => {
      const { port: serverPort, address: serverAddress } = this.#server!;
      void outside.then((socket) => this.#closed || socket.send(bytes, serverPort, serverAddress));
    });
  }

  #listenOutside(socket: Socket, mapping: Mapping): void {
    this.#sockets.push(socket);
    socket.on('message', (bytes) => {
      const { client } = mapping;
      // A mapping that was forgotten keeps its socket: a closed one would be told of by ICMP.
      if (this.#mappings.get(client.port) !== mapping) this.lost.client += 1;
      else this.#send('client', bytes, () => this.#inside.send(bytes, client.port, client.address));
    });
  }

  #send(towards: Towards, bytes: Buffer, deliver: () => void): void {
    const { loss, delayMs, silent } = this.#faults[towards];
    if (silent || this.#server === null || this.#random[towards]() < loss) {
      this.lost[towards] += 1;
      return;
    }
    const pass = (): void => {
      this.carried[towards] += 1;
      this.#options.passed?.(towards, bytes);
      deliver();
    };
    if (delayMs === 0) return pass();
    const timer = this.#clock.setTimeout(() => {
      this.#timers.delete(timer);
      pass();
    }, delayMs);
    this.#timers.add(timer);
  }
}

async function bind(): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: bufferBytes, sendBufferSize: bufferBytes });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}
