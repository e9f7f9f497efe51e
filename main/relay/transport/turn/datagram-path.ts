import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { sockets } from '../../defaults.ts';
import type { ServerPath } from './server-path.ts';
import type { TurnServer } from './turn-servers.ts';

/**
 * UDP to a TURN server, on a connected socket: whatever comes from elsewhere is not heard, and a server that is not
 * there says so (ICMP) instead of keeping us waiting.
 */
export class DatagramPath implements ServerPath {
  readonly type = 'udp';
  readonly addressFamily: 4 | 6;
  readonly remoteAddress: readonly [string, number];
  closed = false;
  onData: ServerPath['onData'] = () => undefined;
  onLost: ServerPath['onLost'] = () => undefined;
  readonly #socket: Socket;

  private constructor(socket: Socket, remoteAddress: readonly [string, number], family: 4 | 6) {
    this.#socket = socket;
    this.remoteAddress = remoteAddress;
    this.addressFamily = family;
    socket.on('message', (packet) => this.onData(packet, remoteAddress));
    socket.on('error', (error) => this.onLost(error));
  }

  /** Rejects if the name is not known or the network is down. */
  static async open({ host, port }: Pick<TurnServer, 'host' | 'port'>): Promise<DatagramPath> {
    const { address, family } = await lookup(host, { order: 'ipv4first' });
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
    try {
      socket.connect(port, address);
      await once(socket, 'connect');
      socket.setRecvBufferSize(sockets.bufferBytes);
      socket.setSendBufferSize(sockets.bufferBytes);
    } catch (error) {
      socket.close();
      throw error;
    }
    return new DatagramPath(socket, [address, port], family === 6 ? 6 : 4);
  }

  get address(): AddressInfo {
    return this.#socket.address();
  }

  send = async (packet: Buffer): Promise<void> => {
    if (!this.closed) this.#socket.send(packet);
  };

  close = async (): Promise<void> => {
    if (this.closed) return;
    this.closed = true;
    this.#socket.close();
    await once(this.#socket, 'close');
  };
}
