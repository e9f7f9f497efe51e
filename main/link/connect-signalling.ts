import { validateHeaderValue, type Agent } from 'node:http';
import type { WebSocket } from 'ws';
import type { Fault } from '../../shared/link/fault.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Clock } from './clock.ts';
import { within } from './deadline.ts';
import type { LinkSettings } from './defaults.ts';
import { dial } from './dial.ts';
import { Signalling, type Ready, type Resumption, type SignallingListener } from './signalling.ts';

/** What a dial needs of the world outside the link. */
export interface Dialling {
  /** The way through the system's proxy, if there is one. Asked for each dial, since it changes with the network. */
  agentFor?: (url: string) => Promise<Agent | undefined>;
  /** Told of each socket as soon as it is dialled. */
  socketMade?: (socket: WebSocket) => void;
}

export interface ConnectOptions extends Dialling {
  url: string;
  token: string | null;
  /** A resume token, or `new` to be given one; absent: no grace is asked for. */
  resume?: string;
  clock: Clock;
  settings: LinkSettings;
  /** Gives the attempt up, at whatever point it is. */
  abort: AbortSignal;
  listener: Omit<SignallingListener, 'ready' | 'ended'> & {
    /** The socket is open; the runner has not said `ready` yet. */
    opened(): void;
    /** The connection was lost after it had been ready. Told once. */
    lost: (fault: Fault) => void;
  };
}

export interface Connected {
  signalling: Signalling;
  ready: Ready;
  resumption: Resumption | null;
}

/**
 * Dials and waits for `ready`, which need not be the first frame. Whatever fails before that is the result,
 * never a loss, and leaves no socket and no timer behind.
 */
export async function connectSignalling(options: ConnectOptions): Promise<Result<Connected, Fault>> {
  const { url, token, resume, clock, settings, abort, listener } = options;
  if (![token, resume].every(isHeaderSafe)) {
    return fail({
      kind: 'invalid-endpoint',
      detail: 'The token holds characters that no token has. Copy it again.',
    });
  }
  const agent = await options.agentFor?.(url);
  if (abort.aborted) return givenUp();
  const { socket, opened } = dial({ url, token, resume, agent, clock, settings });
  options.socketMade?.(socket);
  const { promise: settled, resolve: settle } =
    Promise.withResolvers<Result<Omit<Connected, 'signalling'>, Fault>>();
  let lost = (fault: Fault): void => settle(fail(fault));
  const signalling = new Signalling({
    socket,
    clock,
    settings,
    listener: {
      ...listener,
      ready: (ready, resumption) => {
        // In this very tick: the runner may say `ready` and go away in one breath.
        lost = listener.lost;
        settle(ok({ ready, resumption }));
      },
      ended: (fault) => lost(fault),
    },
  });
  const giveUp = (): void => {
    settle(givenUp());
    void signalling.cut();
  };
  abort.addEventListener('abort', giveUp, { once: true });
  if (abort.aborted) giveUp();
  const outcome = await readiness();
  abort.removeEventListener('abort', giveUp);
  if (outcome.ok) return ok({ signalling, ...outcome.value });
  await signalling.cut();
  return outcome;

  async function readiness(): Promise<Result<Omit<Connected, 'signalling'>, Fault>> {
    const open = await opened;
    if (!open.ok) return open;
    listener.opened();
    return within(clock, settings.readyMs, settled, () => fail({ kind: 'ready-timeout' }));
  }
}

const givenUp = (): { ok: false; problem: Fault } => fail({ kind: 'closed', code: 1000, reason: 'given up' });

function isHeaderSafe(token: string | null | undefined): boolean {
  try {
    validateHeaderValue('authorization', token ?? '');
    return true;
  } catch {
    return false;
  }
}
