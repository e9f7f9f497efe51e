import { once } from 'node:events';
import { createServer as createHttp, type Server as HttpServer } from 'node:http';
import { connect, createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';

/** Where a proxy of a test listens, and what it was asked for. */
export interface TestProxy {
  port: number;
  /** `host:port` of each request, as it was written. */
  asked: string[];
  server: Server;
}

/** Sockets and servers of a test, to be closed after it. */
export class Opened {
  readonly #sockets = new Set<Socket>();
  readonly #servers: Server[] = [];

  async listen(server: Server): Promise<number> {
    server.on('connection', (socket: Socket) => this.keep(socket));
    this.#servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    // A peer that cuts the connection is what these tests are about.
    socket.on('error', () => socket.destroy());
  }

  async closeAll(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#servers.splice(0).map((server) => new Promise((done) => server.close(done))));
  }
}

const splice = (opened: Opened, client: Socket, port: number, ready: () => void): void => {
  const upstream = connect({ host: '127.0.0.1', port });
  opened.keep(upstream);
  upstream.once('connect', () => {
    ready();
    client.pipe(upstream).pipe(client);
  });
  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    one.once('close', () => other.destroy());
  }
};

/**
 * An HTTP proxy that knows CONNECT. Every name leads to this machine, so that names which exist nowhere can be
 * used: who looks them up itself never gets there.
 *
 * @param status What it answers; null: nothing, ever.
 */
export async function connectProxy(
  opened: Opened,
  status: number | null = 200,
  server: HttpServer = createHttp(),
): Promise<TestProxy> {
  const asked: string[] = [];
  server.on('connect', (request, client: Socket) => {
    asked.push(request.url ?? '');
    if (status === null) {
      // Nobody else notices that the other side is gone.
      client.resume().once('end', () => client.destroy());
      return;
    }
    if (status !== 200) {
      client.end(`HTTP/1.1 ${status} No\r\nProxy-Authenticate: Basic realm="office"\r\n\r\n`);
      return;
    }
    const port = Number(/:(\d+)$/.exec(request.url ?? '')?.[1]);
    splice(opened, client, port, () => client.write('HTTP/1.1 200 Connection established\r\n\r\n'));
  });
  return { port: await opened.listen(server), asked, server };
}

/** A SOCKS5 server (RFC 1928) without authentication, for host names. Every name leads to this machine. */
export async function socks5Proxy(opened: Opened, reply = 0): Promise<TestProxy> {
  const asked: string[] = [];
  const server = createTcp((client) => {
    client.once('data', () => {
      client.write(Buffer.from([5, 0]));
      client.once('data', (request: Buffer) => {
        const length = request[4]!;
        const port = request.readUInt16BE(5 + length);
        asked.push(`${request.toString('latin1', 5, 5 + length)}:${port}`);
        const answer = Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]);
        if (reply === 0) splice(opened, client, port, () => client.write(answer));
        else client.end(answer);
      });
    });
  });
  return { port: await opened.listen(server), asked, server };
}

/** A SOCKS4 server for IPv4 addresses. */
export async function socks4Proxy(opened: Opened): Promise<TestProxy> {
  const asked: string[] = [];
  const server = createTcp((client) => {
    client.once('data', (request: Buffer) => {
      const port = request.readUInt16BE(2);
      asked.push(`${[...request.subarray(4, 8)].join('.')}:${port}`);
      splice(opened, client, port, () => client.write(Buffer.from([0, 90, 0, 0, 0, 0, 0, 0])));
    });
  });
  return { port: await opened.listen(server), asked, server };
}
