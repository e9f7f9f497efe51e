import { connect, type Socket } from 'node:net';
import type { Clock, Timer } from './clock.ts';

export interface PortWatchOptions {
  clock: Clock;
  /** Between two looks, milliseconds. */
  everyMs: number;
  /** Through a proxy it is the proxy that would answer. */
  isDirect(url: string): Promise<boolean>;
  /** The port took a connection. Told once for each `watch`. */
  onOpen(): void;
}

/**
 * Looks whether a port that refused connections takes them again, so that a runner that was restarted is not
 * kept waiting for the rest of a pause. A look is a bare TCP connection that is closed at once: no attempt, and
 * nothing that a runner serves.
 */
export class PortWatch {
  readonly #options: PortWatchOptions;
  /** What is watched; an object of its own for each time, so that a late answer finds out that it is late. */
  #watched: { url: string } | null = null;
  #timer: Timer | null = null;
  #socket: Socket | null = null;

  constructor(options: PortWatchOptions) {
    this.#options = options;
  }

  /** @param url `ws:` or `wss:`, what is watched from now on; null: nothing. */
  watch(url: string | null): void {
    if (url === (this.#watched?.url ?? null)) return;
    this.#stop();
    if (url === null) return;
    this.#watched = { url };
    this.#later(this.#watched);
  }

  #stop(): void {
    this.#watched = null;
    if (this.#timer !== null) this.#options.clock.clearTimeout(this.#timer);
    this.#timer = null;
    this.#socket?.destroy();
    this.#socket = null;
  }

  #later(watched: { url: string }): void {
    const { clock, everyMs } = this.#options;
    this.#timer = clock.setTimeout(() => void this.#lookIfDirect(watched), everyMs);
  }

  async #lookIfDirect(watched: { url: string }): Promise<void> {
    this.#timer = null;
    const isDirect = await this.#options.isDirect(watched.url);
    if (isDirect && this.#watched === watched) this.#look(watched);
  }

  #look(watched: { url: string }): void {
    const { protocol, hostname, port } = new URL(watched.url);
    const socket = connect({
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(port) || (protocol === 'wss:' ? 443 : 80),
    });
    this.#socket = socket;
    socket.once('connect', () => {
      this.#stop();
      this.#options.onOpen();
    });
    socket.once('error', () => {
      socket.destroy();
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#later(watched);
    });
  }
}
