import type { RawData, WebSocket } from 'ws';
import type { Fault } from '../../shared/link/fault.ts';
import type { Result } from '../../shared/result.ts';
import type { ClientMessage } from '../../shared/wire/client-messages.ts';
import type { ServerMessage } from '../../shared/wire/server-messages.ts';
import type { Clock } from './clock.ts';
import type { LinkSettings } from './defaults.ts';
import { faultOfClose, terminalFault } from './fault-of-close.ts';
import { startHeartbeat, type Heartbeat } from './heartbeat.ts';
import { PendingRequests, type ReplyOf, type ReplyType, type RequestProblem } from './pending-requests.ts';
import { readFrame } from './read-frame.ts';

export type Ready = Extract<ServerMessage, { type: 'ready' }>;

/** What became of a resume token, told before `ready`; null when none was presented, or the runner ignored it. */
export type Resumption =
  | { kind: 'resumed'; sessionId: string; media: boolean }
  | { kind: 'refused'; reason: string };

export interface SignallingListener {
  ready(ready: Ready, resumption: Resumption | null): void;
  /** The connection ended and nobody here asked for it. Told once, before the socket is closed. */
  ended(fault: Fault): void;
  /** A message that answers no request. */
  push(message: ServerMessage): void;
  roundTrip(ms: number): void;
  log: (level: 'info' | 'warn', text: string) => void;
}

/** A request as its sender writes it: the id is given here. */
export type Request = ClientMessage extends infer Message
  ? Message extends { request_id: string }
    ? Omit<Message, 'request_id'>
    : never
  : never;

export interface SignallingOptions {
  /** Not yet open, so that no frame is missed. */
  socket: WebSocket;
  clock: Clock;
  settings: LinkSettings;
  listener: SignallingListener;
}

/** The cloud protocol on one WebSocket: frames in and out, requests, heartbeat, and the one end. */
export class Signalling {
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #settings: LinkSettings;
  readonly #listener: SignallingListener;
  readonly #pending: PendingRequests;
  /** Resolves when the socket is gone, whoever ended it. */
  readonly gone: Promise<void>;
  #phase: 'opening' | 'ready' | 'ended' = 'opening';
  #heartbeat: Heartbeat | null = null;
  #resumption: Resumption | null = null;
  /** A cause that is known before the close frame arrives. */
  #cause: Fault | null = null;

  constructor({ socket, clock, settings, listener }: SignallingOptions) {
    this.#socket = socket;
    this.#clock = clock;
    this.#settings = settings;
    this.#listener = listener;
    this.#pending = new PendingRequests(clock);
    this.gone = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('ping', () => this.#heartbeat?.received());
    socket.on('pong', (data) => {
      this.#heartbeat?.received();
      this.#heartbeat?.pong(data.toString());
    });
    // After the handshake `ws` reports only what violates the protocol, an oversized frame included.
    socket.on('error', (error) => {
      this.#cause ??= { kind: 'protocol', detail: error.message };
    });
    socket.on('close', (code, reason) => this.#end(this.#cause ?? faultOfClose(code, reason.toString())));
  }

  /** Whether the runner was ready and the connection has not ended since. */
  get isReady(): boolean {
    return this.#phase === 'ready';
  }

  /** Sends without waiting for an answer; a socket that is closing swallows it. */
  send(message: ClientMessage): void {
    if (this.#phase !== 'ended') this.#write(message);
  }

  /** Sends a request and waits for its reply. */
  request<Type extends ReplyType>(
    message: Request,
    replyType: Type,
    ms: number,
  ): Promise<Result<ReplyOf<Type>, RequestProblem>> {
    const { id, reply } = this.#pending.open(replyType, ms);
    if (this.#phase === 'ended') this.#pending.loseAll();
    else this.#write({ ...message, request_id: id });
    return reply;
  }

  /** Makes sure quickly that the runner is still there; if not, the listener hears of it as of any loss. */
  probe(): void {
    this.#heartbeat?.probe();
  }

  /** Ends on purpose: the listener hears nothing more. Resolves when the socket is gone. */
  async close(): Promise<void> {
    this.#finish();
    this.#socket.close(1000);
    const timer = this.#clock.setTimeout(() => this.#socket.terminate(), this.#settings.closeMs);
    await this.gone;
    this.#clock.clearTimeout(timer);
  }

  /** Like `close`, without waiting for a peer of which nothing is expected. */
  async cut(): Promise<void> {
    this.#finish();
    this.#socket.terminate();
    await this.gone;
  }

  #write(message: ClientMessage): void {
    this.#socket.send(JSON.stringify(message), (error) => {
      // The close event that follows tells the same with its cause.
      if (error) this.#listener.log('warn', `Could not send ${message.type}: ${error.message}`);
    });
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#phase === 'ended') return;
    this.#heartbeat?.received();
    if (isBinary) {
      this.#listener.log('warn', 'Ignored a binary frame');
      return;
    }
    const frame = readFrame(textOf(data));
    if (frame.kind === 'message') this.#handle(frame.message);
    else if (frame.kind === 'unknown')
      this.#listener.log('info', `Ignored a frame of unknown type ${frame.type}`);
    else {
      this.#listener.log('warn', `Ignored a frame that could not be read: ${frame.detail}`);
      if (frame.requestId !== null) this.#pending.refuse(frame.requestId, frame.detail);
    }
  }

  #handle(message: ServerMessage): void {
    if (this.#pending.accept(message)) return;
    const fault = terminalFault(message);
    if (fault !== null) {
      this.#end(fault);
      return;
    }
    if (message.type === 'error' && message.code === 'NO_FREE_SLOT') this.#cause = { kind: 'no-free-slot' };
    if (this.#phase === 'opening' && this.#greet(message)) return;
    this.#listener.push(message);
  }

  /** Whether the message belongs to the greeting, of which `ready` is the end. */
  #greet(message: ServerMessage): boolean {
    switch (message.type) {
      case 'resumed':
        this.#resumption = {
          kind: 'resumed',
          sessionId: message.session_id,
          media: message.media ?? message.session_id !== '',
        };
        return true;
      case 'resume_failed':
        this.#resumption = { kind: 'refused', reason: message.reason };
        return true;
      case 'ready':
        this.#becomeReady(message);
        return true;
      default:
        return false;
    }
  }

  #becomeReady(message: Ready): void {
    this.#phase = 'ready';
    // Only from here on: a runner that is starting up may be too busy to answer pings.
    this.#heartbeat = startHeartbeat({
      clock: this.#clock,
      settings: this.#settings,
      ping: (id) => this.#socket.ping(id),
      onSilent: (silentMs) => this.#end({ kind: 'liveness-timeout', silentMs: Math.round(silentMs) }),
      onRoundTrip: (ms) => this.#listener.roundTrip(ms),
    });
    this.#listener.ready(message, this.#resumption);
  }

  #end(fault: Fault): void {
    if (this.#phase === 'ended') return;
    this.#finish();
    this.#listener.ended(fault);
    this.#socket.terminate();
  }

  #finish(): void {
    this.#phase = 'ended';
    this.#heartbeat?.stop();
    this.#heartbeat = null;
    this.#pending.loseAll();
  }
}

/** `ws` hands a message over whole unless told otherwise, but its type allows for pieces. */
function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return (Buffer.isBuffer(data) ? data : Buffer.from(data)).toString();
}
