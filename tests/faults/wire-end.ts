import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** One end of a TCP connection and all that it has seen. */
export class WireEnd {
  readonly socket: Socket;
  /** Bytes as text, `<end>` for the end of the stream, `<ECONNRESET>` and the like for its violent end. */
  seen = '';

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes: Buffer) => (this.seen += bytes.toString()));
    socket.on('end', () => (this.seen += '<end>'));
    socket.on('error', (error: NodeJS.ErrnoException) => (this.seen += `<${error.code}>`));
  }

  static dial(port: number): WireEnd {
    return new WireEnd(connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true }));
  }

  write(text: string): void {
    this.socket.write(text);
  }
}

/** A server that keeps what it is told and answers nothing by itself. */
export class Listener {
  readonly ends: WireEnd[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      this.ends.push(new WireEnd(socket)),
    );
  }

  static async open(): Promise<Listener> {
    const listener = new Listener();
    listener.#server.listen(0, '127.0.0.1');
    await once(listener.#server, 'listening');
    return listener;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const { socket } of this.ends) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }
}
