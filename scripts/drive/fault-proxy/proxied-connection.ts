import { connect, type Socket } from 'node:net';
import type { FaultClock, LaneFaults, Towards } from './faults.ts';
import { Lane, type Cargo } from './lane.ts';

/** How a router treats a connection that carried nothing for a while. */
export interface IdleCut {
  afterMs: number;
  /** `reset` tells both ends. `forget` tells nobody, and answers whoever sends later with a reset. */
  manner: 'reset' | 'forget';
}

export interface ProxiedConnectionOptions {
  /** The accepted end, which may be half open. */
  near: Socket;
  targetPort: number;
  clock: FaultClock;
  faults: Readonly<Record<Towards, Readonly<LaneFaults>>>;
  stalledUntil: Readonly<Record<Towards, number>>;
  random: Readonly<Record<Towards, () => number>>;
  idleCut: IdleCut | null;
  passed(towards: Towards, bytes: Buffer): void;
  /** Both ends are gone. */
  gone(): void;
}

/** One connection through the proxy: two sockets and a lane each way. */
export class ProxiedConnection {
  readonly lanes: Readonly<Record<Towards, Lane>>;
  readonly #options: ProxiedConnectionOptions;
  /** The way to the server is made when the news of this connection has travelled there. */
  readonly #ends: { client: Socket; server: Socket | null };
  #forgotten = false;
  #carriedAt: number;
  #idleTimer: object | number | null = null;

  constructor(options: ProxiedConnectionOptions) {
    this.#options = options;
    this.#ends = { client: options.near, server: null };
    this.lanes = { server: this.#lane('server'), client: this.#lane('client') };
    this.#carriedAt = options.clock.monotonic();
    this.#watchIdle();
    this.#attach(options.near, 'server');
    this.lanes.server.push({ kind: 'open' });
  }

  /** Breaks it on both sides at once. */
  reset(): void {
    this.#stop();
    for (const socket of this.#sockets()) socket.resetAndDestroy();
  }

  /** From now on it does not exist in between: nothing passes, and whoever sends hears of it. */
  forget(): void {
    this.#stop();
    this.#forgotten = true;
  }

  #lane(towards: Towards): Lane {
    const { clock, faults, stalledUntil, random } = this.#options;
    const from = opposite(towards);
    return new Lane({
      clock,
      faults: faults[towards],
      stalledUntil: stalledUntil[towards],
      random: random[towards],
      deliver: (cargo) => this.#deliver(cargo, towards),
      full: (full) => {
        if (full) this.#ends[from]?.pause();
        else this.#ends[from]?.resume();
      },
    });
  }

  #deliver(cargo: Cargo, towards: Towards): boolean {
    if (cargo.kind === 'open') {
      this.#ends.server = connect({ port: this.#options.targetPort, host: '127.0.0.1', ...socketOptions });
      this.#attach(this.#ends.server, 'client');
      return true;
    }
    const receiver = this.#ends[towards];
    if (receiver === null || receiver.destroyed) return true;
    switch (cargo.kind) {
      case 'bytes':
        this.#carriedAt = this.#options.clock.monotonic();
        this.#options.passed(towards, cargo.bytes);
        return !receiver.writable || receiver.write(cargo.bytes);
      case 'end':
        receiver.end();
        return true;
      case 'reset':
        receiver.resetAndDestroy();
        return true;
      default:
        return cargo satisfies never;
    }
  }

  /** @param towards Where goes what this socket says. */
  #attach(socket: Socket, towards: Towards): void {
    const say = (cargo: Cargo): void => {
      if (this.#forgotten) socket.resetAndDestroy();
      else this.lanes[towards].push(cargo);
    };
    socket.on('data', (bytes: Buffer) => say({ kind: 'bytes', bytes }));
    socket.on('end', () => say({ kind: 'end' }));
    socket.on('error', () => say({ kind: 'reset' }));
    socket.on('drain', () => this.lanes[opposite(towards)].drained());
    socket.on('close', () => {
      // What it said before may still be on its way.
      if (this.#sockets().length === 0) this.#finish();
    });
  }

  #finish(): void {
    this.#stop();
    this.#options.gone();
  }

  #sockets(): Socket[] {
    const { client, server } = this.#ends;
    return [client, server].filter((socket) => socket !== null && !socket.destroyed) as Socket[];
  }

  #stop(): void {
    for (const lane of [this.lanes.server, this.lanes.client]) lane.stop();
    if (this.#idleTimer !== null) this.#options.clock.clearTimeout(this.#idleTimer);
    this.#idleTimer = null;
  }

  #watchIdle(): void {
    const { idleCut, clock } = this.#options;
    if (idleCut === null) return;
    const leftMs = this.#carriedAt + idleCut.afterMs - clock.monotonic();
    if (leftMs > 0) this.#idleTimer = clock.setTimeout(() => this.#watchIdle(), leftMs);
    else if (idleCut.manner === 'reset') this.reset();
    else this.forget();
  }
}

/** Either end may end before the other; nothing waits to be sent with something else. */
export const socketOptions = { allowHalfOpen: true, noDelay: true };

const opposite = (towards: Towards): Towards => (towards === 'server' ? 'client' : 'server');
