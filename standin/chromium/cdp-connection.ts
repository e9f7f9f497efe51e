import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.js';

type Commands = ProtocolMapping.Commands;
type Events = ProtocolMapping.Events;

interface Pending {
  method: string;
  session: CdpSession;
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** An answer (with `id`) or an event (with `method`). */
interface Incoming {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
  sessionId?: string;
}

/** One target's side of the connection; '' is the browser itself. */
export class CdpSession {
  readonly id: string;
  readonly #connection: CdpConnection;
  readonly #events = new EventEmitter().setMaxListeners(0);

  constructor(connection: CdpConnection, id: string) {
    this.#connection = connection;
    this.id = id;
  }

  /** Rejects with the command's name when Chromium refuses it, or when target or browser are gone. */
  send<Method extends keyof Commands>(
    method: Method,
    ...[params]: Commands[Method]['paramsType']
  ): Promise<Commands[Method]['returnType']> {
    return this.#connection.send(this, method, params) as Promise<Commands[Method]['returnType']>;
  }

  on<Name extends keyof Events>(event: Name, listener: (params: Events[Name][0]) => void): void {
    this.#events.on(event, listener);
  }

  emit(event: string, params: unknown): void {
    this.#events.emit(event, params);
  }
}

/**
 * The DevTools protocol over `--remote-debugging-pipe`: messages of JSON, each ended by a zero byte. The
 * pipe, unlike a port, ends Chromium when this process dies, however it dies.
 */
export class CdpConnection {
  readonly root: CdpSession = new CdpSession(this, '');
  readonly #output: Writable;
  readonly #sessions = new Map<string, CdpSession>();
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #open = true;
  #partial: Buffer[] = [];

  constructor(output: Writable, input: Readable) {
    this.#output = output;
    input.on('data', (chunk: Buffer) => this.#receive(chunk));
    for (const stream of [input, output]) {
      stream.on('error', () => this.#end());
      stream.on('close', () => this.#end());
    }
  }

  /** For an attached target; its events go to it from now on. */
  session(id: string): CdpSession {
    const session = new CdpSession(this, id);
    this.#sessions.set(id, session);
    return session;
  }

  /** For CdpSession; the answer's type is known there. */
  send(session: CdpSession, method: string, params: unknown): Promise<unknown> {
    const known = session.id === '' || this.#sessions.has(session.id);
    if (!this.#open || !known) return Promise.reject(new Error(`${method}: the page or Chromium is gone`));
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      this.#pending.set(this.#lastId, { method, session, resolve, reject });
      const target = session.id === '' ? {} : { sessionId: session.id };
      this.#output.write(
        `${JSON.stringify({ id: this.#lastId, method, params: params ?? {}, ...target })}\0`,
      );
    });
  }

  /** A chunk ends anywhere: within a message, between two, or after several. */
  #receive(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      this.#partial.push(chunk.subarray(start, end));
      const text = Buffer.concat(this.#partial).toString('utf8');
      this.#partial = [];
      start = end + 1;
      this.#dispatch(JSON.parse(text) as Incoming);
    }
    if (start < chunk.length) this.#partial.push(chunk.subarray(start));
  }

  #dispatch(message: Incoming): void {
    if (message.id !== undefined) return this.#settle(message.id, message);
    if (message.method === 'Target.detachedFromTarget')
      this.#forget((message.params as { sessionId: string }).sessionId);
    const session = message.sessionId ? this.#sessions.get(message.sessionId) : this.root;
    session?.emit(message.method!, message.params);
  }

  #settle(id: number, message: Incoming): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (message.error) pending?.reject(new Error(`${pending.method}: ${message.error.message}`));
    else pending?.resolve(message.result);
  }

  /** Commands of a closed page are never answered. */
  #forget(sessionId: string): void {
    this.#sessions.delete(sessionId);
    this.#rejectAll((pending) => pending.session.id === sessionId, 'the page is gone');
  }

  #end(): void {
    this.#open = false;
    this.#rejectAll(() => true, 'Chromium is gone');
  }

  #rejectAll(matches: (pending: Pending) => boolean, why: string): void {
    for (const [id, pending] of this.#pending) {
      if (!matches(pending)) continue;
      this.#pending.delete(id);
      pending.reject(new Error(`${pending.method}: ${why}`));
    }
  }
}
