import { closeCode } from '../../../shared/wire/close-codes.ts';
import type { EndReason } from '../session/lease-state.ts';
import type { OutgoingMessage } from './outbox.ts';

export interface Farewell {
  /** Said before the close; null when it was said already, or the code says enough. */
  message: OutgoingMessage | null;
  code: number;
  /** Of the close frame: 123 bytes at most. */
  text: string;
}

/** What a client is told when its session ends under it. */
export function farewell(reason: EndReason, detail: string): Farewell {
  switch (reason) {
    case 'max-duration':
      return {
        message: { type: 'error', error: detail, code: 'MAX_DURATION_EXCEEDED' },
        code: closeCode.normal,
        text: 'maximum duration reached',
      };
    case 'process-lost':
      // Not a terminal message: a new connection gets a new process.
      return {
        message: { type: 'error', error: detail },
        code: closeCode.internalError,
        text: 'session process ended',
      };
    case 'denied':
      return { message: null, code: closeCode.accessDenied, text: 'access denied' };
    case 'check-failed':
      return { message: null, code: closeCode.tryAgainLater, text: 'the user cannot be checked' };
    case 'too-large':
      return { message: null, code: closeCode.messageTooBig, text: 'message too large' };
    case 'flood':
      return { message: null, code: closeCode.policyViolation, text: 'too many refused messages' };
    case 'drained':
      return { message: null, code: closeCode.serviceRestart, text: 'the runner restarts' };
    case 'left':
    case 'grace-over':
      // Nobody is there to be told.
      return { message: null, code: closeCode.normal, text: '' };
    default:
      reason satisfies never;
      return { message: null, code: closeCode.internalError, text: '' };
  }
}
