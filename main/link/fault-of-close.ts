import type { Fault } from '../../shared/link/fault.ts';
import { closeCode } from '../../shared/wire/close-codes.ts';
import { terminalErrorCodes } from '../../shared/wire/error-codes.ts';
import type { ServerMessage } from '../../shared/wire/server-messages.ts';

/** What a WebSocket's close means. `reason` is the runner's own text. */
export function faultOfClose(code: number, reason: string): Fault {
  switch (code) {
    case closeCode.accessDenied:
      return { kind: 'access-denied', detail: reason };
    case closeCode.creditsExhausted:
      return { kind: 'terminated', code: 'CREDITS_EXHAUSTED', detail: reason };
    case closeCode.takenOver:
      return { kind: 'terminated', code: 'TAKEN_OVER', detail: reason };
    case closeCode.tryAgainLater:
      return { kind: 'no-free-slot' };
    default:
      return { kind: 'closed', code, reason };
  }
}

/**
 * The fault of a message that ends the session for good: the close frame may follow seconds later, with any
 * code. Null for every other message, errors included, for an error reply is no reason for a close.
 */
export function terminalFault(message: ServerMessage): Fault | null {
  switch (message.type) {
    case 'credits_exhausted':
      return { kind: 'terminated', code: 'CREDITS_EXHAUSTED', detail: '' };
    case 'stream_terminated':
      return { kind: 'terminated', code: 'STREAM_TERMINATED', detail: message.reason };
    case 'error':
      if (message.code === undefined || !terminalErrorCodes.has(message.code)) return null;
      return message.code === 'ACCESS_DENIED'
        ? { kind: 'access-denied', detail: '' }
        : { kind: 'terminated', code: message.code, detail: message.error };
    default:
      return null;
  }
}
