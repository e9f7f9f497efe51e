import { Event, StunOverTurnProtocol, type Candidate } from 'werift';
import type { Allocation } from './allocation.ts';

type Address = Parameters<StunOverTurnProtocol['sendData']>[1];

/** An address on a TURN server as ICE uses it: like a socket of ours that is somewhere else. */
export class RelayedProtocol extends StunOverTurnProtocol {
  /** werift's ICE listens to it: the pair over this address is lost. */
  readonly onConnectionClosed = new Event<[Address]>();

  /**
   * @param take Sees each packet from a peer first, and returns whether werift is to have it.
   */
  constructor(allocation: Allocation, candidate: Candidate, take: (packet: Buffer) => boolean) {
    super(allocation);
    this.localCandidate = candidate;
    const { onData } = allocation;
    const toWerift = onData.execute;
    onData.execute = (packet, from) => {
      if (take(packet)) toWerift(packet, from);
    };
  }
}
