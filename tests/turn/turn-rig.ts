import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { PlainRig, type PlainLeg, type RunnerRoute } from '../relay/plain-rig.ts';
import type { PlainPeer } from '../relay/plain-peer.ts';
import { onlyByTurn } from './only-by-turn.ts';
import { credentials } from './served-client.ts';
import { TurnServer, type TurnServerOptions } from './turn-server.ts';

export type IceServers = NonNullable<RunnerRoute['iceServers']>;

/** A relay with a page, TURN servers and runners behind them; closes all that it made. */
export class TurnRig {
  readonly #rigs: PlainRig[] = [];
  readonly #servers: TurnServer[] = [];
  readonly #sockets: Socket[] = [];

  async startServer(options: TurnServerOptions = {}): Promise<TurnServer> {
    const server = await TurnServer.start(options);
    this.#servers.push(server);
    return server;
  }

  async attached(): Promise<{ rig: PlainRig; page: PlainPeer }> {
    const rig = new PlainRig();
    this.#rigs.push(rig);
    const { page } = await rig.attachPage();
    return { rig, page };
  }

  async udpSocket(): Promise<Socket> {
    const socket = createSocket('udp4');
    this.#sockets.push(socket);
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return socket;
  }

  /** A TURN server that takes what it gets and says nothing. */
  async silentServer(): Promise<IceServers[number]> {
    const { port } = (await this.udpSocket()).address();
    return { urls: `turn:127.0.0.1:${port}`, ...credentials };
  }

  async close(): Promise<void> {
    await Promise.all(this.#rigs.splice(0).map((rig) => rig.close()));
    await Promise.all(this.#servers.splice(0).map((server) => server.close()));
    for (const socket of this.#sockets.splice(0)) socket.close();
  }
}

/** The way to a runner that nothing reaches but these TURN servers. */
export function byTurn(...iceServers: IceServers): RunnerRoute {
  return { iceServers, loopbackOnly: false, through: onlyByTurn };
}

export async function connected({ heard, runner }: PlainLeg): Promise<void> {
  await heard.until('connected');
  await runner.connected;
}
