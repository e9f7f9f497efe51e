import { WebSocket } from 'ws';
import type * as v from 'valibot';
import type { serverMessage } from '../../../shared/wire/server-messages.ts';
import { maxBufferedBytes } from './defaults.ts';

/** A message before the schema's defaults are filled in. */
export type OutgoingMessage = v.InferInput<typeof serverMessage>;

export type Stuck = 'buffer-full' | 'write-timeout';

export interface OutboxOptions {
  socket: WebSocket;
  now: () => number;
  /** Milliseconds that the client's system may take to accept a message. */
  writeMs: number;
  /** More waits for the client than it may; told at each further message. */
  onFull: () => void;
}

/** Writes to one socket, in order, bounded in bytes and in time (A9). */
export class Outbox {
  readonly #options: OutboxOptions;
  /** When each message was handed over that the system has not taken yet. */
  readonly #unsent: number[] = [];

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  send(message: OutgoingMessage): void {
    const { socket, now, onFull } = this.#options;
    if (socket.readyState !== WebSocket.OPEN) return;
    // Before the message is added: one large answer alone does not make a client that does not read.
    if (socket.bufferedAmount > maxBufferedBytes) return onFull();
    this.#unsent.push(now());
    // A failed write shows as the socket's close; there is nothing to add here.
    socket.send(textOf(message), () => this.#unsent.shift());
  }

  /** @returns Why the client must be let go, or null. */
  check(): Stuck | null {
    const { socket, now, writeMs } = this.#options;
    const [oldest] = this.#unsent;
    if (socket.bufferedAmount > maxBufferedBytes) return 'buffer-full';
    return oldest !== undefined && now() - oldest > writeMs ? 'write-timeout' : null;
  }
}

/** An answer too large for the socket becomes one that says so: its client would be let go for not reading it. */
function textOf(message: OutgoingMessage): string {
  const text = JSON.stringify(message);
  if (message.type !== 'api_response' || text.length <= maxBufferedBytes) return text;
  const error = `The answer has ${text.length} characters, too many for the socket: ask over HTTP.`;
  return JSON.stringify({ type: 'api_response', request_id: message.request_id, status: 413, error });
}
