import type { Fault } from './fault.ts';

/**
 * What can end a fault: `time` (trying again may help), `asking` (the runner ended it for good: only when the
 * user asks for it), or `change` (the same address and token would only be refused again).
 */
export type Cure = 'time' | 'asking' | 'change';

export function cureOf(fault: Fault): Cure {
  switch (fault.kind) {
    case 'invalid-endpoint':
    case 'unauthorised':
      return 'change';
    case 'access-denied':
    case 'terminated':
      return 'asking';
    case 'unreachable':
    case 'tls':
    case 'handshake-timeout':
    case 'not-a-runner':
    case 'unavailable':
    case 'no-free-slot':
    case 'ready-timeout':
    case 'liveness-timeout':
    case 'closed':
    case 'interrupted':
    case 'offer-failed':
    case 'media-failed':
    case 'media-stalled':
    case 'pipeline-failed':
    case 'protocol':
      return 'time';
    default:
      return fault satisfies never;
  }
}
