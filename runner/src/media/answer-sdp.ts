import { isIP, isIPv4 } from 'node:net';
import { isLoopbackAddress } from '../guard/loopback-host.ts';
import type { CandidateScope } from '../session/process-messages.ts';

/**
 * Removes from an SDP the addresses that the client has no use for or no business with (S12, S16): candidates
 * outside the scope, and the default address in `m=` and `c=` lines, which candidates make redundant.
 */
export function scopeCandidates(sdp: string, scope: CandidateScope): string {
  const lines = sdp
    .split('\r\n')
    .filter((line) => !line.startsWith('a=candidate:') || isInScope(line.slice(2), scope));
  return lines
    .map((line) => line.replace(/^(m=\w+) \d+ /, '$1 9 ').replace(/^c=IN IP[46] .*/, 'c=IN IP4 0.0.0.0'))
    .join('\r\n');
}

/** @param candidate As in `candidate:FOUNDATION …`, without `a=`. */
export function isInScope(candidate: string, scope: CandidateScope): boolean {
  // candidate:FOUNDATION COMPONENT TRANSPORT PRIORITY ADDRESS PORT … (RFC 8839, 5.1)
  const address = candidate.split(' ')[4] ?? '';
  switch (scope) {
    case 'loopback':
      return isIPv4(address) && isLoopbackAddress(address);
    case 'network':
      return isIP(address) !== 0 && !isLoopbackAddress(address);
    case 'all':
      return true;
    default:
      scope satisfies never;
      return false;
  }
}
