import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { fail, type Result } from '../../shared/result.ts';
import type { OfferProblem } from './api/api-types.ts';
import type { Lease, LeaseHolder } from './session/lease.ts';
import type { SessionOffer } from './session/session.ts';

export interface HttpClientsOptions {
  /** Null when there is no room, or no one is taken in any more. */
  take: () => Lease | null;
  log: Logger;
  onMediaConnected: () => void;
}

export type OfferOutcome = Result<{ sdp: string; sessionId: string }, OfferProblem>;

/**
 * Clients that made their offer over plain HTTP. They have no socket, so their media connection is the only sign
 * of them, and their session ends with it.
 */
export class HttpClients {
  readonly #options: HttpClientsOptions;

  constructor(options: HttpClientsOptions) {
    this.#options = options;
  }

  /** Begins a session for a client, who calls itself so if at all. */
  async offer(offer: SessionOffer, userId: string | null): Promise<OfferOutcome> {
    const lease = this.#options.take();
    if (lease === null) return fail({ kind: 'no-free-slot' });
    lease.userId = userId;
    lease.take(this.#holder(lease));
    const answer = await offerTo(lease, offer);
    if (!answer.ok) lease.end('left', 'The offer could not be answered');
    return answer;
  }

  #holder(lease: Lease): LeaseHolder {
    const id = `http-${randomUUID()}`;
    const log = this.#options.log.child({ connection: id });
    return {
      kind: 'http',
      id,
      frames: () => undefined,
      log: (line) => log.info({ session: true }, line),
      media: (mediaId, state) => {
        log.info({ mediaId, state }, 'media');
        if (state === 'connected') this.#options.onMediaConnected();
        else lease.end('left', `The media connection is ${state}`);
      },
      pipelineFailed: (problem) => log.warn({ problem }, 'the pipeline failed'),
      endsSoon: () => undefined,
      takenOver: () => undefined,
      ended: (reason, detail) => log.info({ reason, detail }, 'session ended'),
    };
  }
}

/** Offers within a session that exists, once its slot is clear. */
export async function offerTo({ session, slot }: Lease, offer: SessionOffer): Promise<OfferOutcome> {
  await slot.cleared;
  const answer = await session.offer(offer);
  return answer.ok ? answer : fail({ kind: 'bad-offer', detail: answer.problem });
}
