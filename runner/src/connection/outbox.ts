import { WebSocket } from 'ws';
import type * as v from 'valibot';
import type { serverMessage } from '../../../shared/wire/server-messages.ts';
import { maxBufferedBytes, writeMs } from './defaults.ts';

/** A message before the schema's defaults are filled in. */
export type OutgoingMessage = v.InferInput<typeof serverMessage>;

/** Writes to one socket, in order, bounded in bytes and in time (A9). */
export class Outbox {
  readonly #socket: WebSocket;
  readonly #now: () => number;
  /** When each message was handed over that the system has not taken yet. */
  readonly #unsent: number[] = [];

  constructor(socket: WebSocket, now: () => number) {
    this.#socket = socket;
    this.#now = now;
  }

  send(message: OutgoingMessage): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#unsent.push(this.#now());
    // A failed write shows as the socket's close; there is nothing to add here.
    this.#socket.send(JSON.stringify(message), () => this.#unsent.shift());
  }

  /** @returns Why the client must be let go, or null. */
  check(): string | null {
    const [oldest] = this.#unsent;
    if (this.#socket.bufferedAmount > maxBufferedBytes) {
      return `it does not read: ${this.#socket.bufferedAmount} bytes wait for it`;
    }
    return oldest !== undefined && this.#now() - oldest > writeMs
      ? `it has taken nothing for ${writeMs / 1000} s`
      : null;
  }
}
