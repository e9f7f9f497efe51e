import { expect } from 'vitest';
import {
  startFaultProxy,
  type FaultProxy,
  type FaultProxyOptions,
} from '../../scripts/drive/fault-proxy/fault-proxy.ts';
import { untilOpenSockets } from '../link/open-sockets.ts';
import { VirtualTime } from './virtual-time.ts';
import { Listener, WireEnd } from './wire-end.ts';

/** A proxy on virtual time, a server behind it, and whoever dials. */
export class ProxyRig {
  readonly time = new VirtualTime();
  readonly target: Listener;
  proxy!: FaultProxy;
  readonly #dialled: WireEnd[] = [];

  private constructor(target: Listener) {
    this.target = target;
  }

  static async open(): Promise<ProxyRig> {
    return new ProxyRig(await Listener.open());
  }

  async start(options: FaultProxyOptions = {}): Promise<void> {
    this.proxy = await startFaultProxy(this.target.port, { clock: this.time, ...options });
  }

  dial(): WireEnd {
    const end = WireEnd.dial(this.proxy.port);
    this.#dialled.push(end);
    return end;
  }

  /** A connection of which both ends know, whatever the path suffers. */
  async connected(): Promise<{ client: WireEnd; server: WireEnd }> {
    const client = this.dial();
    const before = this.target.ends.length;
    await this.time.pass(60_000);
    expect(this.target.ends).toHaveLength(before + 1);
    return { client, server: this.target.ends.at(-1)! };
  }

  /** Also makes sure that nothing was left behind. */
  async close(): Promise<void> {
    for (const { socket } of this.#dialled) socket.destroy();
    await this.proxy.close();
    await this.target.close();
    expect(this.time.pending).toBe(0);
    await untilOpenSockets(0);
  }
}
