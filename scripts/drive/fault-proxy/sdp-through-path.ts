import type { Place, UdpPath } from './udp-path.ts';

type Exchange = (offerSdp: string) => Promise<string>;

/**
 * Leads all media that this exchange brings about through the path. The server hears of no candidate of the
 * client's and meets it when its checks come in, as it meets anybody behind a NAT; the client knows the server at
 * the path's address alone.
 *
 * Candidates that are trickled have to be kept back by whoever trickles them.
 *
 * @throws {Error} If the answer names no IPv4 candidate over UDP.
 */
export function sdpThroughPath(path: UdpPath, exchange: Exchange): Exchange {
  return async (offer) => {
    const answer = await exchange(withoutCandidates(offer));
    const server = placeIn(answer);
    if (server === null) throw new Error('The answer names no place that a path can lead to.');
    path.leadTo(server);
    const line = `a=candidate:1 1 udp 2113937151 127.0.0.1 ${path.port} typ host\r\n`;
    return withoutCandidates(answer).replaceAll(/(a=ice-pwd:.*\r\n)/g, `$1${line}`);
  };
}

function withoutCandidates(sdp: string): string {
  return sdp.replaceAll(/a=(candidate:.*|end-of-candidates)\r\n/g, '');
}

/** Loopback before any other address: it is there whatever the network does. */
function placeIn(sdp: string): Place | null {
  const places = [...sdp.matchAll(/a=candidate:\S+ 1 udp \d+ (\d+\.\d+\.\d+\.\d+) (\d+) /gi)].map(
    ([, address, port]) => ({ address: address!, port: Number(port) }),
  );
  return places.find(({ address }) => address.startsWith('127.')) ?? places[0] ?? null;
}
