import type { WireIceCandidate } from '../../shared/wire/client-messages.ts';
import { requestProblemText } from './pending-requests.ts';
import type { Signalling } from './signalling.ts';

/** Trickles candidates to the runner; those that come before the session has an id wait for it, in order. */
export class CandidateQueue {
  readonly #signalling: Signalling;
  readonly #ackMs: number;
  readonly #log: (level: 'warn', text: string) => void;
  #sessionId: string | null = null;
  #waiting: (WireIceCandidate | null)[] = [];

  constructor(signalling: Signalling, ackMs: number, log: (level: 'warn', text: string) => void) {
    this.#signalling = signalling;
    this.#ackMs = ackMs;
    this.#log = log;
  }

  /** `null` ends them. */
  add(candidate: WireIceCandidate | null): void {
    if (this.#sessionId === null) this.#waiting.push(candidate);
    else void this.#send(this.#sessionId, candidate);
  }

  /** The session is there: everything that waited goes out. */
  release(sessionId: string): void {
    this.#sessionId = sessionId;
    for (const candidate of this.#waiting.splice(0)) void this.#send(sessionId, candidate);
  }

  async #send(sessionId: string, candidate: WireIceCandidate | null): Promise<void> {
    const reply = await this.#signalling.request(
      { type: 'icecandidate', sessionId, candidate },
      'icecandidate_ack',
      this.#ackMs,
    );
    // One candidate less is no reason to give up: ICE may connect by another.
    if (!reply.ok && reply.problem.kind !== 'lost') {
      this.#log('warn', `The runner did not take a candidate: ${requestProblemText(reply.problem)}`);
    }
  }
}
