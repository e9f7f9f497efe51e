import { Candidate, candidateFoundation, candidatePriority, type RTCIceTransport } from 'werift';
import { relaying } from '../../defaults.ts';
import { addPath, losePath, sift, type OnMedia } from '../werift-internals.ts';
import { Allocation } from './allocation.ts';
import { DatagramPath } from './datagram-path.ts';
import { RelayedProtocol } from './relayed-protocol.ts';
import { StreamPath } from './stream-path.ts';
import { turnUrl, type TurnServer } from './turn-servers.ts';

const highestPreference = 65_535;

/**
 * Addresses on TURN servers for one ICE transport. werift would ask the first server only, hold gathering for it, and
 * never use an address that came after the answer.
 */
export class Relays {
  /** What went wrong with which server, for people. */
  readonly problems: string[] = [];
  readonly #ice: RTCIceTransport;
  readonly #servers: readonly TurnServer[];
  readonly #take: (packet: Buffer) => boolean;
  readonly #closing = new AbortController();
  readonly #allocations = new Set<Allocation>();

  constructor(ice: RTCIceTransport, servers: readonly TurnServer[], onMedia: OnMedia) {
    this.#ice = ice;
    this.#servers = servers;
    this.#take = sift(ice, onMedia);
  }

  /** Asks all servers at once. Each address is a local candidate as soon as it is there; resolves with the last. */
  async gather(): Promise<void> {
    await Promise.all(this.#servers.map((server, place) => this.#ask(server, highestPreference - place)));
  }

  /** Gives up what is asked for, and gives back what was got. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#allocations].map((allocation) => allocation.close()));
  }

  async #ask(server: TurnServer, preference: number): Promise<void> {
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(relaying.allocateMs)]);
    try {
      const path =
        server.transport === 'udp' ? await DatagramPath.open(server) : await StreamPath.open(server, signal);
      const allocation = new Allocation(server, path);
      this.#allocations.add(allocation);
      await allocation.allocate(signal);
      if (!signal.aborted) this.#add(allocation, server, preference);
    } catch (error) {
      const why = signal.aborted ? 'no answer' : error instanceof Error ? error.message : String(error);
      this.problems.push(`TURN server ${turnUrl(server)}: ${why}`);
    }
  }

  #add(allocation: Allocation, server: TurnServer, preference: number): void {
    const { generation, localUsername } = this.#ice.connection;
    const [address, port] = allocation.relayedAddress;
    const [mappedAddress, mappedPort] = allocation.mappedAddress;
    const candidate = new Candidate(
      candidateFoundation('relay', 'udp', turnUrl(server)),
      1,
      'udp',
      candidatePriority('relay', { localPreference: preference }),
      address,
      port,
      'relay',
      mappedAddress,
      mappedPort,
      undefined,
      generation,
      localUsername,
    );
    const protocol = new RelayedProtocol(allocation, candidate, this.#take);
    // A datagram that was not delivered proves nothing; a stream that ended takes the path with it.
    allocation.path.onLost =
      server.transport === 'udp' ? () => undefined : () => losePath(this.#ice, protocol);
    addPath(this.#ice, protocol);
  }
}
