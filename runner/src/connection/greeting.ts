import type { WebSocket } from 'ws';
import type { Capability } from '../../../shared/wire/capabilities.ts';
import type { Clock } from '../clock.ts';
import type { RunnerOptions } from '../config/runner-options.ts';
import { endNoticeMs } from '../session/defaults.ts';
import type { Lease } from '../session/lease.ts';
import type { ResumeMiss } from '../session/resume-tokens.ts';
import type { Outbox, OutgoingMessage } from './outbox.ts';

/** How a client came: to a new session, or back to its own. */
type Arrival =
  | {
      kind: 'new';
      /** Whether it has announced at the upgrade that it can come back. */
      canResume: boolean;
      /** The token it came with opened nothing; null when it came with none. */
      missed: ResumeMiss | null;
    }
  | { kind: 'resumed' };

/** See docs/protocol.md; all of them are real here. */
const capabilities: readonly Capability[] = ['frames', 'rebuild', 'resume', 'goaway', 'notice'];

export interface GreetingOptions {
  id: string;
  socket: WebSocket;
  lease: Lease;
  arrival: Arrival;
  tokens: { next(lease: Lease): string; confirm(lease: Lease, token: string): void };
  options: Pick<RunnerOptions, 'graceMs' | 'id' | 'publicUrl'>;
  clock: Clock;
  /** How long the runner stays, when it is about to go; null while it serves. */
  goaway: () => Extract<OutgoingMessage, { type: 'goaway' }> | null;
}

/** The first words to a client, and the pings that show when they have arrived. */
export class Greeting {
  readonly #options: GreetingOptions;
  readonly #outbox: Outbox;
  /** When a token was sent whose arrival is not known yet. */
  #tokenSent: { token: string; at: number } | null = null;

  constructor(options: GreetingOptions, outbox: Outbox) {
    this.#options = options;
    this.#outbox = outbox;
  }

  /** Says `ready` as soon as the slot is clear (A41). */
  async greet(): Promise<void> {
    const { arrival, lease, socket, id } = this.#options;
    const send = (message: OutgoingMessage): void => this.#outbox.send(message);
    if (arrival.kind === 'new' && arrival.missed !== null) {
      send({ type: 'resume_failed', reason: arrival.missed });
    }
    await lease.slot.cleared;
    if (socket.readyState !== socket.OPEN || lease.state.kind === 'ended') return;
    if (arrival.kind === 'resumed') {
      const { mediaId, media } = lease.session;
      send({ type: 'resumed', session_id: mediaId ?? '', media: media === 'connected' });
    }
    send({ type: 'ready', connection_id: id, capabilities: [...capabilities], ...this.#wayBack() });
    const { endsInMs } = lease;
    if (arrival.kind === 'resumed' && endsInMs !== null && endsInMs <= endNoticeMs) {
      send({ type: 'notice', code: 'MAX_DURATION_SOON', in_ms: Math.round(endsInMs) });
    }
    const goaway = this.#options.goaway();
    if (goaway !== null) send(goaway);
    if (this.#tokenSent !== null) this.ping();
  }

  /** Each carries the time, so that its pong tells what it answers. */
  ping(): void {
    const { socket, clock } = this.#options;
    if (socket.readyState !== socket.OPEN) return;
    const sentAt = Buffer.allocUnsafe(8);
    sentAt.writeDoubleBE(clock.now());
    socket.ping(sentAt);
  }

  /** @returns Milliseconds since the ping that it answers; null for one that answers none of ours. */
  pong(data: Buffer): number | null {
    const { clock, tokens, lease } = this.#options;
    if (data.length !== 8) return null;
    const sentAt = data.readDoubleBE();
    const roundTripMs = clock.now() - sentAt;
    if (!(sentAt >= 0 && roundTripMs >= 0)) return null;
    // What was sent before this ping has arrived, as a socket keeps the order.
    if (this.#tokenSent !== null && sentAt >= this.#tokenSent.at) {
      tokens.confirm(lease, this.#tokenSent.token);
      this.#tokenSent = null;
    }
    return roundTripMs;
  }

  #wayBack(): { resume_token?: string; grace_ms?: number; resume_url?: string } {
    const { arrival, tokens, lease, options, clock } = this.#options;
    const { graceMs, publicUrl, id } = options;
    if (arrival.kind === 'new' && !arrival.canResume) return {};
    const token = tokens.next(lease);
    this.#tokenSent = { token, at: clock.now() };
    return {
      resume_token: token,
      grace_ms: graceMs,
      ...(publicUrl !== null && { resume_url: `${publicUrl.replace(/\/$/, '')}/r/${id}/ws` }),
    };
  }
}
