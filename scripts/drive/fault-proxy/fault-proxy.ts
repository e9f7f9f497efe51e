import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import {
  fairWeather,
  realClock,
  type FaultClock,
  type LaneFaults,
  type Scope,
  type Towards,
} from './faults.ts';
import { ProxiedConnection, socketOptions, type IdleCut } from './proxied-connection.ts';
import { seededRandom } from './seeded-random.ts';

export interface FaultProxyOptions extends Partial<LaneFaults> {
  clock?: FaultClock;
  /** Decides which segments are lost; connections and directions differ all the same. */
  seed?: number;
  idleCut?: IdleCut;
  /** Told of all bytes that get through, at the moment they do. */
  passed?: (towards: Towards, bytes: Buffer) => void;
}

const ways: readonly Towards[] = ['server', 'client'];

/**
 * Forwards TCP from a free port on loopback to `targetPort` there, and does to it what networks do.
 *
 * A connection is accepted before the target has heard of it, whatever the faults: the kernel does that. From
 * then on the start of a connection, bytes, the end of the stream and resets travel in order, each late by what
 * its direction suffers.
 */
export async function startFaultProxy(
  targetPort: number,
  options: FaultProxyOptions = {},
): Promise<FaultProxy> {
  const proxy = new FaultProxy(targetPort, options);
  await proxy.accept();
  return proxy;
}

export class FaultProxy {
  /** Connections since the start. */
  accepted = 0;
  /** Bytes that got through. */
  readonly carried: Record<Towards, number> = { server: 0, client: 0 };
  readonly #targetPort: number;
  readonly #options: FaultProxyOptions;
  readonly #clock: FaultClock;
  readonly #connections = new Set<ProxiedConnection>();
  readonly #faults: Record<Towards, LaneFaults>;
  readonly #stalledUntil: Record<Towards, number> = { server: 0, client: 0 };
  #listener: Server | null = null;
  #port = 0;
  #allGone: (() => void) | null = null;

  constructor(targetPort: number, options: FaultProxyOptions) {
    const { clock = realClock, seed: _seed, idleCut: _idleCut, passed: _passed, ...faults } = options;
    this.#targetPort = targetPort;
    this.#options = options;
    this.#clock = clock;
    this.#faults = { server: { ...fairWeather, ...faults }, client: { ...fairWeather, ...faults } };
  }

  /** The same for as long as the proxy lives, also after `refuse`. */
  get port(): number {
    return this.#port;
  }

  /** Connections that are open on either side. */
  get open(): number {
    return this.#connections.size;
  }

  /** Changes what a path suffers, from now on. What is under way keeps its delay. */
  change(faults: Partial<LaneFaults>, { towards, connections }: Scope = {}): void {
    for (const way of towards ? [towards] : ways) {
      if (connections !== 'open') this.#faults[way] = { ...this.#faults[way], ...faults };
      if (connections !== 'new') for (const { lanes } of this.#connections) lanes[way].change(faults);
    }
  }

  /** Nothing gets through and nobody is told: every connection stays open. */
  silence(scope: Scope = {}): void {
    this.change({ silent: true }, scope);
  }

  /** Holds everything back for a while; then it arrives at once, in order. */
  stall(ms: number, { towards }: Pick<Scope, 'towards'> = {}): void {
    const until = this.#clock.monotonic() + ms;
    for (const way of towards ? [towards] : ways) {
      this.#stalledUntil[way] = until;
      for (const { lanes } of this.#connections) lanes[way].stallUntil(until);
    }
  }

  /** Ends all faults: what was held back arrives. */
  heal(): void {
    this.stall(0);
    this.change(fairWeather);
  }

  /** Resets every connection on both sides, as a router that reboots would. Returns how many. */
  cut(): number {
    const open = [...this.#connections];
    for (const connection of open) connection.reset();
    return open.length;
  }

  /** Forgets every connection: nothing passes any more, and an end that sends is answered with a reset. */
  forget(): number {
    const open = [...this.#connections];
    for (const connection of open) connection.forget();
    return open.length;
  }

  /** Ends the stream in one direction, as if its sender had; the other direction goes on. */
  finish(towards: Towards): void {
    for (const { lanes } of this.#connections) lanes[towards].push({ kind: 'end' });
  }

  /** New connections are refused from now on; open ones stay. */
  refuse(): void {
    this.#listener?.close();
    this.#listener = null;
  }

  /** Listens again, on the same port. */
  async accept(): Promise<void> {
    if (this.#listener !== null) return;
    const listener = createServer(socketOptions, (near) => this.#take(near));
    this.#listener = listener;
    listener.listen(this.#port, '127.0.0.1');
    await once(listener, 'listening');
    this.#port = (listener.address() as AddressInfo).port;
  }

  /** Ends everything; no socket and no timer is left. */
  async close(): Promise<void> {
    this.refuse();
    this.cut();
    if (this.#connections.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#allGone = resolve;
    });
  }

  #take(near: Socket): void {
    this.accepted += 1;
    const { seed = 1, idleCut = null, passed } = this.#options;
    const connection = new ProxiedConnection({
      near,
      targetPort: this.#targetPort,
      clock: this.#clock,
      faults: this.#faults,
      stalledUntil: this.#stalledUntil,
      random: {
        server: seededRandom(seed, this.accepted, 0),
        client: seededRandom(seed, this.accepted, 1),
      },
      idleCut,
      passed: (towards, bytes) => {
        this.carried[towards] += bytes.length;
        passed?.(towards, bytes);
      },
      gone: () => {
        this.#connections.delete(connection);
        if (this.#connections.size === 0) this.#allGone?.();
      },
    });
    this.#connections.add(connection);
  }
}
