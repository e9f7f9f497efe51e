/** Why a session ended; the label that metrics and log give it. */
export type EndReason =
  /** The client said goodbye, or its signalling broke and it had not announced that it would come back. */
  | 'left'
  /** Signalling broke, and nobody came back within the grace. */
  | 'grace-over'
  | 'max-duration'
  | 'denied'
  /** Whether the user may come in could not be found out. */
  | 'check-failed'
  | 'too-large'
  | 'flood'
  /** The runner stops. */
  | 'drained'
  | 'process-lost';

/**
 * Who has a session: a client whose signalling is up, nobody for the length of the grace, or nobody any more.
 */
export type LeaseState =
  | { kind: 'attached'; resumable: boolean }
  | { kind: 'lingering' }
  | { kind: 'ended'; reason: EndReason };

export type LeaseEvent =
  /** A token to come back with was sent to the client. */
  | { type: 'token-sent' }
  /** The signalling of the client that has the session ended: with a close of its own, or without. */
  | { type: 'signalling-ended'; how: 'orderly' | 'abnormal' }
  /** Somebody presented the session's token. */
  | { type: 'resumed' }
  | { type: 'grace-over' }
  /** Ended by the runner, whoever has it. */
  | { type: 'revoked'; reason: EndReason };

export type LeaseEffect = 'start-grace' | 'stop-grace' | 'dismiss-holder' | 'end-session';

export interface LeaseStep {
  state: LeaseState;
  effects: readonly LeaseEffect[];
}

export const taken: LeaseState = { kind: 'attached', resumable: false };

/** One step of a lease. Whatever happens, a session ends once, and an ended one never comes back. */
export function stepLease(state: LeaseState, event: LeaseEvent): LeaseStep {
  if (state.kind === 'ended') return { state, effects: [] };
  const lingering = state.kind === 'lingering';
  switch (event.type) {
    case 'token-sent':
      return lingering ? stay(state) : stay({ kind: 'attached', resumable: true });
    case 'signalling-ended':
      if (lingering) return stay(state);
      if (event.how === 'orderly' || !state.resumable) return end('left', []);
      return { state: { kind: 'lingering' }, effects: ['start-grace'] };
    case 'resumed':
      // The socket before may still be open on this side, though its client has long gone.
      return {
        state: { kind: 'attached', resumable: true },
        effects: [lingering ? 'stop-grace' : 'dismiss-holder'],
      };
    case 'grace-over':
      return lingering ? end('grace-over', []) : stay(state);
    case 'revoked':
      return end(event.reason, lingering ? ['stop-grace'] : []);
    default:
      event satisfies never;
      return stay(state);
  }
}

function stay(state: LeaseState): LeaseStep {
  return { state, effects: [] };
}

function end(reason: EndReason, before: readonly LeaseEffect[]): LeaseStep {
  return { state: { kind: 'ended', reason }, effects: [...before, 'end-session'] };
}
