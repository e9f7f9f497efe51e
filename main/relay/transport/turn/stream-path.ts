import { once } from 'node:events';
import { connect, isIP, type AddressInfo, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { relaying } from '../../defaults.ts';
import type { ServerPath } from './server-path.ts';
import { TurnFrames } from './turn-frames.ts';
import type { TurnServer } from './turn-servers.ts';

/** TCP or TLS to a TURN server. It carries datagrams: one that would come late is dropped instead. */
export class StreamPath implements ServerPath {
  readonly type: 'tcp' | 'tls';
  readonly remoteAddress: readonly [string, number];
  closed = false;
  onData: ServerPath['onData'] = () => undefined;
  onLost: ServerPath['onLost'] = () => undefined;
  readonly #socket: Socket;
  readonly #frames = new TurnFrames();

  private constructor(socket: Socket, type: 'tcp' | 'tls') {
    this.type = type;
    this.#socket = socket;
    this.remoteAddress = [socket.remoteAddress ?? '', socket.remotePort ?? 0];
    let reason = new Error('the server closed the connection');
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', (error) => (reason = error));
    socket.on('close', () => {
      if (!this.closed) this.onLost(reason);
      this.closed = true;
    });
  }

  /**
   * @param signal Gives up the connection that is being made.
   * @throws What the connection, the certificate or the signal says.
   */
  static async open({ host, port, transport }: TurnServer, signal: AbortSignal): Promise<StreamPath> {
    const socket =
      transport === 'tls'
        ? connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }) })
        : connect({ host, port });
    try {
      await once(socket, transport === 'tls' ? 'secureConnect' : 'connect', { signal });
    } catch (error) {
      socket.destroy();
      throw error;
    }
    socket.setNoDelay(true);
    return new StreamPath(socket, transport === 'tls' ? 'tls' : 'tcp');
  }

  get address(): AddressInfo {
    const { localAddress = '', localPort = 0, localFamily = 'IPv4' } = this.#socket;
    return { address: localAddress, port: localPort, family: localFamily };
  }

  /** Octets that the system has not taken yet. */
  get backlog(): number {
    return this.#socket.writableLength;
  }

  send = async (packet: Buffer): Promise<void> => {
    if (!this.closed && this.backlog <= relaying.backlogBytes) this.#socket.write(packet);
  };

  close = async (): Promise<void> => {
    if (this.closed) return;
    this.closed = true;
    this.#socket.destroy();
    await once(this.#socket, 'close');
  };

  #take(chunk: Buffer): void {
    const frames = this.#frames.push(chunk);
    if (frames === null) this.#socket.destroy(new Error('the server does not speak TURN'));
    else for (const frame of frames) this.onData(frame, this.remoteAddress);
  }
}
