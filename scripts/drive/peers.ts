import type { Page } from 'playwright';

/** One of the window's peer connections, by the browser's own account. */
export interface PeerReport {
  state: string;
  framesSent: number;
  framesDecoded: number;
  /** Gaps in the sequence numbers of what came in, packets. */
  packetsLost: number;
  /** Both ends of the path that media takes. */
  localAddress: string | null;
  remoteAddress: string | null;
  /** Addresses of every candidate that the far side gave. */
  offeredAddresses: string[];
}

/**
 * Asks every `RTCPeerConnection` in the page for its statistics. They are found through the debugger, which
 * knows all instances of a class: the page needs no hook, and none can be missed.
 */
export async function readPeers(page: Page): Promise<PeerReport[]> {
  const session = await page.context().newCDPSession(page);
  try {
    const { result: prototype } = await session.send('Runtime.evaluate', {
      expression: 'RTCPeerConnection.prototype',
    });
    const { objects } = await session.send('Runtime.queryObjects', {
      prototypeObjectId: prototype.objectId!,
    });
    const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
      objectId: objects.objectId!,
      functionDeclaration: reportAll.toString(),
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as PeerReport[];
  } finally {
    await session.detach();
  }
}

/** Runs in the page, with the list of connections as `this`. */
async function reportAll(this: RTCPeerConnection[]): Promise<PeerReport[]> {
  const open = this.filter((peer) => peer.connectionState !== 'closed');
  return Promise.all(
    open.map(async (peer) => {
      const stats = [...(await peer.getStats()).values()] as Record<string, unknown>[];
      const byId = new Map(stats.map((entry) => [entry.id, entry]));
      const transport = stats.find((entry) => entry.type === 'transport');
      const pair = byId.get(transport?.selectedCandidatePairId);
      const addressOf = (entry: Record<string, unknown> | undefined): string | null =>
        typeof entry?.address === 'string' ? entry.address : null;
      const count = (type: string, field: string): number =>
        stats
          .filter((entry) => entry.type === type && entry.kind === 'video')
          .reduce((sum, entry) => sum + Number(entry[field] ?? 0), 0);
      return {
        state: peer.connectionState,
        framesSent: count('outbound-rtp', 'framesSent'),
        framesDecoded: count('inbound-rtp', 'framesDecoded'),
        packetsLost: count('inbound-rtp', 'packetsLost'),
        localAddress: addressOf(byId.get(pair?.localCandidateId)),
        remoteAddress: addressOf(byId.get(pair?.remoteCandidateId)),
        offeredAddresses: stats
          .filter((entry) => entry.type === 'remote-candidate')
          .map(addressOf)
          .filter((address) => address !== null),
      };
    }),
  );
}
