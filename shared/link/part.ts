import type { Fault } from './fault.ts';

/** What has to work for a picture to come, in the order in which one depends on the other. */
export type Part = 'route' | 'signalling' | 'media' | 'inference';

/** The part that a link failed at; the others could not be tried. */
export function failedPart(fault: Fault): Part {
  switch (fault.kind) {
    case 'invalid-endpoint':
      return 'route';
    case 'offer-failed':
    case 'media-failed':
    case 'media-stalled':
      return 'media';
    case 'pipeline-failed':
      return 'inference';
    case 'unreachable':
    case 'tls':
    case 'handshake-timeout':
    case 'unauthorised':
    case 'not-a-runner':
    case 'unavailable':
    case 'no-free-slot':
    case 'ready-timeout':
    case 'liveness-timeout':
    case 'closed':
    case 'interrupted':
    case 'access-denied':
    case 'terminated':
    case 'protocol':
      return 'signalling';
    default:
      return fault satisfies never;
  }
}
