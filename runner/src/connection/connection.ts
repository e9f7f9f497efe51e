import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { RawData, WebSocket } from 'ws';
import { closeCode } from '../../../shared/wire/close-codes.ts';
import type { ApiRunner } from '../api/api-types.ts';
import type { Clock } from '../clock.ts';
import { rateLimit } from '../guard/rate-limit.ts';
import type { CandidateScope } from '../session/process-messages.ts';
import type { Session } from '../session/session.ts';
import type { Lease } from '../session/slot.ts';
import { answerMessage, type Asker } from './answer-message.ts';
import { closeMs, maxOpenRequests, messageRate } from './defaults.ts';
import { alive, stepLiveness } from './liveness.ts';
import { logLines } from './log-lines.ts';
import { Outbox } from './outbox.ts';
import { readMessage } from './read-message.ts';

export interface ConnectionOptions {
  id: string;
  socket: WebSocket;
  /** The socket's transport; every byte on it is a sign of life. */
  tcp: Socket;
  lease: Lease;
  scope: CandidateScope;
  runner: ApiRunner;
  log: Logger;
  clock: Clock;
  pingIntervalMs: number;
  capabilities: readonly string[];
  /** A media connection of the session came about. */
  onMediaConnected: () => void;
}

/** A client that holds the slot. It ends by its socket's `close`, whoever caused that. */
export class Connection {
  /** The socket is closed, whoever caused it. */
  readonly closed: Promise<void>;
  readonly #options: ConnectionOptions;
  readonly #outbox: Outbox;
  readonly #asker: Asker;
  readonly #withinRate: { take(): boolean };
  readonly #stopTicking: () => void;
  #liveness = alive;
  #tickedAt: number;
  #bytesHeard = 0;
  #openRequests = 0;
  #userId: string | null = null;

  constructor(options: ConnectionOptions) {
    const { socket, clock, lease, id, runner, scope, log } = options;
    this.#options = options;
    this.#outbox = new Outbox(socket, clock.now);
    this.#withinRate = rateLimit(messageRate, clock.now);
    this.#tickedAt = clock.now();
    this.#asker = {
      caller: { connectionId: id, scope },
      runner,
      session: () => lease.session,
      identified: () => this.#userId !== null,
      identify: (userId) => {
        this.#userId = userId;
      },
      report: (error) => log.error({ err: error }, 'a request failed'),
    };
    // Before anything is awaited: what the client sends at once must not be lost.
    socket.on('message', (data, isBinary) => void this.#receive(data, isBinary));
    socket.on('error', (error) => log.warn({ err: error }, 'socket error'));
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        this.#stopTicking();
        log.info({ code, reason: reason.toString() }, 'connection closed');
        resolve();
      });
    });
    this.#stopTicking = clock.every(options.pingIntervalMs, () => this.#tick());
    void this.#begin();
  }

  /** Orderly close; the socket is cut if the client does not answer it. */
  async close(code: number, reason: string): Promise<void> {
    this.#options.socket.close(code, reason);
    const limit = setTimeout(() => this.#options.socket.terminate(), closeMs);
    await this.closed;
    clearTimeout(limit);
  }

  /** Cuts the socket, without a close frame. */
  cut(): void {
    this.#options.socket.terminate();
  }

  async #begin(): Promise<void> {
    const { lease, log, id, capabilities } = this.#options;
    const session = await lease.session;
    this.#listen(session);
    const started = await session.started();
    if (!started.ok) {
      log.error({ problem: started.problem }, 'no session');
      this.#outbox.send({ type: 'error', error: `The session could not start: ${started.problem}` });
      await this.close(closeCode.internalError, 'the session could not start');
      return;
    }
    this.#outbox.send({ type: 'ready', connection_id: id, capabilities: [...capabilities] });
    log.info({ sessionPid: session.pid }, 'ready');
  }

  #listen(session: Session): void {
    const { log, clock, onMediaConnected } = this.#options;
    const forClient = logLines(clock.now);
    session.listen({
      frames: ({ in: received, out, inferenceMs }) => {
        const counts = { in: received, out, repeated: 0, inference_ms: inferenceMs };
        this.#outbox.send({ type: 'frames', ...counts });
      },
      media: (mediaId, state) => {
        log.info({ mediaId, state }, 'media');
        if (state === 'connected') onMediaConnected();
      },
      log: (line) => {
        log.info({ session: true }, line);
        const lines = forClient(line);
        if (lines.length > 0) this.#outbox.send({ type: 'logs', lines });
      },
      pipelineFailed: (problem) => {
        log.warn({ problem }, 'the pipeline failed');
        this.#outbox.send({ type: 'error', error: problem, code: 'PIPELINE_FAILED' });
      },
      lost: (reason) => {
        log.error({ reason }, 'the session process ended unexpectedly');
        this.#outbox.send({ type: 'error', error: `The session's process ended unexpectedly (${reason})` });
        // Not a terminal message: a new connection gets a new process.
        void this.close(closeCode.internalError, 'session process ended');
      },
    });
  }

  async #receive(data: RawData, isBinary: boolean): Promise<void> {
    if (isBinary) return this.#outbox.send({ type: 'error', error: 'Invalid message: send text frames' });
    // With the default `binaryType` a message is one Buffer.
    const read = readMessage((data as Buffer).toString('utf8'));
    if (!read.ok) return this.#outbox.send(read.problem);
    const message = read.value;
    if (!this.#withinRate.take() || this.#openRequests >= maxOpenRequests) {
      const requestId = 'request_id' in message && message.request_id !== undefined;
      return this.#outbox.send({
        type: 'error',
        error: 'Too many messages; wait for answers, and send fewer.',
        code: 'RATE_LIMITED',
        ...(requestId && { request_id: message.request_id }),
      });
    }
    this.#openRequests += 1;
    this.#outbox.send(await answerMessage(message, this.#asker));
    this.#openRequests -= 1;
  }

  #tick(): void {
    const { socket, tcp, clock, pingIntervalMs, log } = this.#options;
    const now = clock.now();
    const heard = tcp.bytesRead !== this.#bytesHeard;
    const tick = { heard, elapsedMs: now - this.#tickedAt, intervalMs: pingIntervalMs };
    this.#bytesHeard = tcp.bytesRead;
    this.#tickedAt = now;
    const { state, action } = stepLiveness(this.#liveness, tick);
    this.#liveness = state;
    const stuck = this.#outbox.check();
    if (action === 'evict' || stuck !== null) {
      log.warn({ reason: stuck ?? 'silent' }, 'client let go');
      socket.terminate();
      return;
    }
    if (socket.readyState === socket.OPEN) socket.ping();
  }
}
