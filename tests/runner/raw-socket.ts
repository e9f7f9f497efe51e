import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { once } from 'node:events';

/** A client below HTTP, that says what a test wants it to and hangs up only when it is told to. */
export class RawSocket {
  /** All that came. */
  heard = '';
  /** Both ends have closed, or this one was told to. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #waiting = new Set<() => void>();
  #ended = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.heard += chunk.toString('latin1');
      for (const look of this.#waiting) look();
    });
    // A reset is an end as good as any.
    socket.on('error', () => undefined);
    for (const end of ['end', 'close']) {
      socket.on(end, () => {
        this.#ended = true;
        for (const look of this.#waiting) look();
      });
    }
    this.closed = new Promise((resolve) => {
      socket.once('close', () => resolve());
    });
  }

  static async open(port: number): Promise<RawSocket> {
    // The runner's end of the connection is not answered by ours.
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const client = new RawSocket(socket);
    await once(socket, 'connect');
    return client;
  }

  /** Over TLS, with whatever certificate. */
  static async openTls(port: number): Promise<RawSocket> {
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
    const client = new RawSocket(socket);
    await once(socket, 'secureConnect');
    return client;
  }

  get port(): number | undefined {
    return this.#socket.localPort;
  }

  send(text: string): void {
    this.#socket.write(text);
  }

  /**
   * Resolves when what came contains `text`.
   *
   * @throws {Error} If the other end stops talking before.
   */
  async hear(text: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = (): void => {
      if (this.heard.includes(text)) resolve();
      else if (this.#ended) reject(new Error(`closed after ${JSON.stringify(this.heard)}`));
    };
    this.#waiting.add(look);
    look();
    try {
      await promise;
    } finally {
      this.#waiting.delete(look);
    }
  }

  /** Closes this end. */
  async close(): Promise<void> {
    this.#socket.destroy();
    await this.closed;
  }
}
