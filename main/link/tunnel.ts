import { lookup } from 'node:dns/promises';
import { request } from 'node:http';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { SocksClient } from 'socks';
import { connect as connectTls } from 'node:tls';
import type { ProxyWay } from './proxy-list.ts';

export interface HostAndPort {
  host: string;
  port: number;
}

type Proxy = Exclude<ProxyWay, { kind: 'direct' }>;

/** A proxy that was reached, but does not let us through. `code` is the one in the fault. */
export class ProxyRefusal extends Error {
  readonly code: 'PROXY_AUTHENTICATION_REQUIRED' | 'PROXY_REFUSED';

  constructor(message: string, code: ProxyRefusal['code'] = 'PROXY_REFUSED') {
    super(message);
    this.code = code;
  }
}

/** Begins a connection to the first hop of a way; `connected` tells when it is there. */
export function reach(way: ProxyWay, target: HostAndPort): Socket {
  if (way.kind === 'direct') return connectTcp(target);
  const { host, port } = way;
  if (way.kind !== 'https') return connectTcp({ host, port });
  return connectTls({ host, port, servername: isIP(host) === 0 ? host : '', ALPNProtocols: ['http/1.1'] });
}

/** Resolves when the first hop is there. Rejects also when the socket is destroyed without an error. */
export function connected(socket: Socket, way: ProxyWay): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      socket.off(event, done).off('error', failed).off('close', closed);
    };
    const done = (): void => {
      settle();
      resolve();
    };
    const failed = (error: Error): void => {
      settle();
      reject(error);
    };
    const closed = (): void => failed(new Error('The connection was given up'));
    const event = way.kind === 'https' ? 'secureConnect' : 'connect';
    socket.once(event, done).once('error', failed).once('close', closed);
  });
}

/**
 * Has a proxy that is connected make a tunnel to the target. TLS to the target then runs inside it, so that the
 * proxy sees neither token nor messages of a `wss:` connection.
 *
 * @throws {ProxyRefusal} Also when the proxy breaks off or speaks something else. The socket is then gone.
 */
export async function tunnel(socket: Socket, proxy: Proxy, target: HostAndPort): Promise<Socket> {
  switch (proxy.kind) {
    case 'http':
    case 'https':
      return byConnect(socket, target);
    case 'socks4':
    case 'socks5':
      return bySocks(socket, proxy, target);
    default:
      return proxy.kind satisfies never;
  }
}

function byConnect(socket: Socket, { host, port }: HostAndPort): Promise<Socket> {
  const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    const refuse = (refusal: ProxyRefusal): void => {
      socket.destroy();
      reject(refusal);
    };
    request({
      createConnection: () => socket,
      method: 'CONNECT',
      path: authority,
      headers: { host: authority },
    })
      .once('connect', ({ statusCode = 0 }, _socket, head) => {
        if (statusCode === 200) {
          if (head.length > 0) socket.unshift(head);
          resolve(socket);
        } else if (statusCode === 407) {
          refuse(new ProxyRefusal('it asks for a name and a password', 'PROXY_AUTHENTICATION_REQUIRED'));
        } else refuse(new ProxyRefusal(`it answered ${statusCode}`));
      })
      .once('error', (error) => refuse(new ProxyRefusal(error.message)))
      .end();
  });
}

async function bySocks(socket: Socket, { kind, host, port }: Proxy, target: HostAndPort): Promise<Socket> {
  try {
    // Version 4 knows IPv4 addresses only; with version 5 the proxy looks names up, as its network may need.
    const destination =
      kind === 'socks4' ? { ...target, host: (await lookup(target.host, { family: 4 })).address } : target;
    await SocksClient.createConnection({
      command: 'connect',
      proxy: { host, port, type: kind === 'socks4' ? 4 : 5 },
      destination,
      existing_socket: socket,
    });
    return socket;
  } catch (error) {
    socket.destroy();
    throw new ProxyRefusal(error instanceof Error ? error.message : String(error));
  }
}
