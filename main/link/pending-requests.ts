import { fail, ok, type Result } from '../../shared/result.ts';
import type { ServerMessage } from '../../shared/wire/server-messages.ts';
import type { Clock, Timer } from './clock.ts';

/** Why a request has no answer. `lost` and `timeout` say nothing about the request: it may be repeated. */
export type RequestProblem =
  | { kind: 'lost' }
  | { kind: 'timeout'; ms: number }
  | { kind: 'refused'; error: string; code: string | null; detail: string }
  | { kind: 'unreadable'; detail: string };

export type ReplyType = 'ice_servers' | 'answer' | 'icecandidate_ack' | 'api_response';
export type ReplyOf<Type extends ReplyType> = Extract<ServerMessage, { type: Type }>;

interface Pending {
  type: ReplyType;
  settle(outcome: Result<ServerMessage, RequestProblem>): void;
  timer: Timer;
}

/** Requests on the way, by `request_id`. Each is settled exactly once: by a reply, by time, or by the loss. */
export class PendingRequests {
  readonly #clock: Clock;
  readonly #pending = new Map<string, Pending>();
  #count = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Registers a request that expects a reply of `type` within `ms`; the id has to be sent along. */
  open<Type extends ReplyType>(
    type: Type,
    ms: number,
  ): { id: string; reply: Promise<Result<ReplyOf<Type>, RequestProblem>> } {
    this.#count += 1;
    const id = String(this.#count);
    const reply = new Promise<Result<ServerMessage, RequestProblem>>((resolve) => {
      const timer = this.#clock.setTimeout(() => this.#settle(id, fail({ kind: 'timeout', ms })), ms);
      this.#pending.set(id, { type, settle: resolve, timer });
    });
    // `accept` lets only the expected type through.
    return { id, reply: reply as Promise<Result<ReplyOf<Type>, RequestProblem>> };
  }

  /** Whether the message was a reply to one of these. */
  accept(message: ServerMessage): boolean {
    const id = 'request_id' in message ? message.request_id : undefined;
    const pending = id === undefined ? undefined : this.#pending.get(id);
    if (id === undefined || pending === undefined) return false;
    if (message.type === pending.type) return this.#settle(id, ok(message));
    if (message.type !== 'error') {
      return this.#settle(
        id,
        fail({ kind: 'unreadable', detail: `${message.type} instead of ${pending.type}` }),
      );
    }
    const { error, code = null, detail } = message;
    return this.#settle(id, fail({ kind: 'refused', error, code, detail: textOf(detail) }));
  }

  /** A reply that could not be read: better an error now than at the time-out. */
  refuse(id: string, detail: string): void {
    this.#settle(id, fail({ kind: 'unreadable', detail }));
  }

  /** The connection is gone, and with it every answer. */
  loseAll(): void {
    for (const id of this.#pending.keys()) this.#settle(id, fail({ kind: 'lost' }));
  }

  #settle(id: string, outcome: Result<ServerMessage, RequestProblem>): boolean {
    const pending = this.#pending.get(id);
    if (pending === undefined) return false;
    this.#pending.delete(id);
    this.#clock.clearTimeout(pending.timer);
    pending.settle(outcome);
    return true;
  }
}

function textOf(detail: unknown): string {
  if (typeof detail === 'string') return detail;
  return detail === undefined || detail === null ? '' : JSON.stringify(detail);
}

/** A problem in words for a fault's `detail`. */
export function requestProblemText(problem: RequestProblem): string {
  switch (problem.kind) {
    case 'lost':
      return 'The connection broke off meanwhile';
    case 'timeout':
      return `No answer within ${Math.round(problem.ms / 1000)} s`;
    case 'refused':
      return problem.detail === '' ? problem.error : `${problem.error}: ${problem.detail}`;
    case 'unreadable':
      return `The answer could not be read (${problem.detail})`;
    default:
      return problem satisfies never;
  }
}
