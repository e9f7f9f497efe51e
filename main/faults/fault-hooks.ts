/**
 * Faults on demand, for end-to-end tests: what networks and runners do to a link, done to a real one. Only a
 * development build that is asked for it by its environment loads this file; a package does not contain it
 * (A58). Tests reach it in the main process as `globalThis.linkspanFaults`; no window can.
 */
import type { WebSocket } from 'ws';
import { aroundRunnerLegs } from '../link/around-runner-legs.ts';
import type { MediaPort, RunnerLeg, RunnerLegOptions } from '../link/media-port.ts';
import type { MediaTap } from '../relay/media-tap.ts';

export interface FaultCommands {
  /** Resets the connection of signalling, as a router does that has forgotten it. */
  dropSocket(): void;
  /** From now on nothing of signalling gets through in either direction, and nobody is told. */
  halfOpen(): void;
  /** Ends the peer connection that delivers, as if the runner had closed it. */
  closePeer(): void;
  /** What the runner delivers by the present peer connection vanishes; its states stay as they are. */
  freezeMedia(): void;
  /** The same for each peer connection from now on, until `thawMedia`. */
  freezeAllMedia(): void;
  thawMedia(): void;
  /** Each offer from now on is refused by the runner, which cannot read it; false ends that. */
  refuseOffers(on: boolean): void;
}

export interface FaultHooks {
  readonly commands: FaultCommands;
  /** To be given to the relay. */
  readonly tap: MediaTap;
  /** To be told of each socket that is dialled. */
  socketMade(socket: WebSocket): void;
  /** To be put around the relay. */
  around(media: MediaPort): MediaPort;
}

/** The parts of a `ws` socket that it keeps to itself. */
type Inside = WebSocket & { _socket?: { resetAndDestroy(): void; pause(): void } | null };

/** What no runner can read. */
const noOffer = 'v=0 on purpose';

export function createFaultHooks(): FaultHooks {
  let socket: Inside | null = null;
  let peer: { leg: RunnerLeg; options: RunnerLegOptions } | null = null;
  let offers: 'pass' | 'refuse' = 'pass';
  let all: 'pass' | 'drop' = 'pass';
  const frozen = new Set<RunnerLeg>();

  const connectRunner = async (media: MediaPort, options: RunnerLegOptions): Promise<RunnerLeg> => {
    const exchange = (offer: string): Promise<string> =>
      options.exchange(offers === 'pass' ? offer : noOffer);
    const leg = await media.connectRunner({ ...options, exchange });
    peer = { leg, options };
    return leg;
  };

  const commands: FaultCommands = {
    dropSocket() {
      socket?._socket?.resetAndDestroy();
    },
    halfOpen() {
      socket?._socket?.pause();
      // What is written to a dead path leaves the machine and arrives nowhere.
      if (socket !== null)
        Object.assign(socket, { send: () => undefined, ping: () => undefined, pong: () => undefined });
    },
    closePeer() {
      void peer?.leg.close();
      peer?.options.listener.failed('the far end closed the connection');
    },
    freezeMedia() {
      if (peer !== null) frozen.add(peer.leg);
    },
    freezeAllMedia() {
      all = 'drop';
    },
    thawMedia() {
      all = 'pass';
      frozen.clear();
    },
    refuseOffers(on) {
      offers = on ? 'refuse' : 'pass';
    },
  };

  return {
    commands,
    tap: { fromRunner: (leg) => (all === 'drop' || frozen.has(leg) ? 'drop' : 'pass') },
    socketMade: (made) => {
      socket = made;
    },
    around: (media) => aroundRunnerLegs(media, connectRunner),
  };
}
