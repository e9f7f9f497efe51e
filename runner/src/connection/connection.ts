import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { RawData } from 'ws';
import type { ClientMessage } from '../../../shared/wire/client-messages.ts';
import { closeCode } from '../../../shared/wire/close-codes.ts';
import type { ApiRunner } from '../api/api-types.ts';
import type { RunnerOptions } from '../config/runner-options.ts';
import { rateLimit } from '../guard/rate-limit.ts';
import type { Admission } from '../guard/user-check.ts';
import type { RunnerMetrics } from '../metrics/runner-metrics.ts';
import { maxLogLineLength } from '../session/defaults.ts';
import type { EndReason } from '../session/lease-state.ts';
import type { LeaseHolder } from '../session/lease.ts';
import type { FrameCounts, CandidateScope, MediaState } from '../session/process-messages.ts';
import { answerMessage, idOf, type Asker } from './answer-message.ts';
import { closeMs, maxOpenRequests, maxPayloadBytes, messageRate, refusalRate } from './defaults.ts';
import { farewell } from './farewell.ts';
import { Greeting, type GreetingOptions } from './greeting.ts';
import { Identity, type UserCheck } from './identity.ts';
import { alive, isLate, stepLiveness } from './liveness.ts';
import { LogBatch } from './log-batch.ts';
import { Outbox, type OutgoingMessage, type Stuck } from './outbox.ts';
import { readMessage } from './read-message.ts';

export interface ConnectionOptions extends Omit<GreetingOptions, 'options'> {
  /** The socket's transport; every byte on it is a sign of life. */
  tcp: Socket;
  /** The client's own. */
  address: string;
  scope: CandidateScope;
  runner: ApiRunner;
  userCheck: UserCheck | null;
  options: Pick<
    RunnerOptions,
    'pingIntervalMs' | 'silentIntervals' | 'writeMs' | 'graceMs' | 'id' | 'publicUrl'
  >;
  metrics: RunnerMetrics;
  log: Logger;
  /** A media connection of the session came about. */
  onMediaConnected: () => void;
}

/** Codes with which a client says goodbye: normal, going away, and a close frame without a code. */
const orderlyCodes: ReadonlySet<number> = new Set([closeCode.normal, closeCode.goingAway, 1005]);

/** A client's socket, which holds a session until one of the two ends. */
export class Connection implements LeaseHolder {
  readonly kind = 'socket';
  readonly id: string;
  /** The socket is closed, whoever caused it. */
  readonly closed: Promise<void>;
  readonly #options: ConnectionOptions;
  readonly #outbox: Outbox;
  readonly #identity: Identity;
  readonly #greeting: Greeting;
  readonly #withinRate: { take(): boolean };
  readonly #stopTicking: () => void;
  #liveness = alive;
  #tickedAt: number;
  #bytesHeard = 0;
  #openRequests = 0;
  // Made when first needed: of thousands of clients most are idle.
  #logs: LogBatch | null = null;
  #withinRefusals: { take(): boolean } | null = null;

  /** Takes the lease, or takes it over. */
  constructor(given: ConnectionOptions) {
    const { socket, clock, lease, id, log, options, arrival } = given;
    this.id = id;
    this.#options = given;
    this.#outbox = new Outbox({
      socket,
      now: clock.now,
      writeMs: options.writeMs,
      onFull: () => this.#evict('buffer-full'),
    });
    this.#withinRate = rateLimit(messageRate, clock.now);
    this.#tickedAt = clock.now();
    this.#identity = new Identity(given.userCheck, lease.userId !== null);
    this.#greeting = new Greeting(given, this.#outbox);
    // Before anything is awaited: what the client sends at once must not be lost.
    socket.on('message', (data, isBinary) => void this.#receive(data, isBinary));
    socket.on('pong', (data) => this.#pong(data));
    socket.on('error', (error) => this.#failed(error));
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        this.#stopTicking();
        this.#logs?.stop();
        log.info({ code, reason: reason.toString() }, 'connection closed');
        lease.signallingEnded(this, orderlyCodes.has(code) ? 'orderly' : 'abnormal');
        resolve();
      });
    });
    if (arrival.kind === 'resumed') lease.resume(this);
    else lease.take(this);
    this.#stopTicking = clock.every(options.pingIntervalMs, () => {
      // Only after the sockets were read: what waits there was heard, however late this process comes (A11).
      setImmediate(() => this.#tick());
    });
    void this.#greeting.greet();
  }

  send(message: OutgoingMessage): void {
    this.#outbox.send(message);
  }

  /** Orderly close; the socket is cut if the client does not answer it. */
  async close(code: number, reason: string, limitMs = closeMs): Promise<void> {
    this.#options.socket.close(code, reason);
    const limit = setTimeout(() => this.#options.socket.terminate(), limitMs);
    await this.closed;
    clearTimeout(limit);
  }

  /** Cuts the socket, without a close frame. */
  cut(): void {
    this.#options.socket.terminate();
  }

  frames({ in: received, out, inferenceMs }: FrameCounts): void {
    this.send({ type: 'frames', in: received, out, repeated: 0, inference_ms: inferenceMs });
  }

  media(mediaId: string, state: MediaState): void {
    this.#options.log.info({ mediaId, state }, 'media');
    if (state === 'connected') this.#options.onMediaConnected();
  }

  log(line: string): void {
    this.#logs ??= new LogBatch(this.#options.clock, (lines) => this.send({ type: 'logs', lines }));
    // What is too much for the client is too much for the operator's disk.
    if (this.#logs.add(line)) this.#options.log.info({ session: true }, line.slice(0, maxLogLineLength));
  }

  pipelineFailed(problem: string): void {
    this.#options.log.warn({ problem }, 'the pipeline failed');
    this.send({ type: 'error', error: problem, code: 'PIPELINE_FAILED' });
  }

  endsSoon(inMs: number): void {
    this.send({ type: 'notice', code: 'MAX_DURATION_SOON', in_ms: Math.round(inMs) });
  }

  takenOver(): void {
    this.#options.metrics.takeover();
    void this.close(closeCode.takenOver, 'taken over');
  }

  ended(reason: EndReason, detail: string): void {
    this.#options.log.info({ reason, detail }, 'session ended');
    const { message, code, text } = farewell(reason, detail);
    if (message !== null) this.send(message);
    void this.close(code, text);
  }

  async #identify(userId: string): Promise<Admission> {
    const admission = await this.#identity.name(userId);
    const { lease, metrics } = this.#options;
    if (admission === 'admitted') lease.userId = userId;
    if (admission === 'denied') metrics.refused('denied');
    return admission;
  }

  async #receive(data: RawData, isBinary: boolean): Promise<void> {
    const { socket } = this.#options;
    // What still comes after a goodbye of ours is not looked at: no answer would be sent.
    if (socket.readyState !== socket.OPEN) return;
    if (isBinary) return this.#refuse({ type: 'error', error: 'Invalid message: send text frames' });
    // With the default `binaryType` a message is one Buffer.
    const bytes = data as Buffer;
    if (bytes.length > maxPayloadBytes) return this.#tooLarge(bytes.length);
    const read = readMessage(bytes.toString('utf8'));
    if (!read.ok) return this.#refuse(read.problem);
    const message = read.value;
    // A ping waits for nothing, so that hundreds in one packet are not hundreds under way, and none waits for others.
    const weight = message.type === 'ping' ? 0 : 1;
    if (!this.#withinRate.take() || this.#openRequests + weight > maxOpenRequests) {
      const error = 'Too many messages; wait for answers, and send fewer.';
      return this.#refuse({ type: 'error', error, code: 'RATE_LIMITED', ...idOf(message) });
    }
    this.#openRequests += weight;
    this.send(await this.#answer(message));
    this.#openRequests -= weight;
    const { refused } = this.#identity;
    if (refused !== null) this.#end(refused === 'denied' ? 'denied' : 'check-failed', 'Access denied');
  }

  /** Never rejects: one request that fails must not take the runner down. */
  async #answer(message: ClientMessage): Promise<OutgoingMessage> {
    const asker = this.#asAsker();
    try {
      return await answerMessage(message, asker);
    } catch (error) {
      asker.report(error);
      return {
        type: 'error',
        error: 'The runner failed at this request; its log says more.',
        ...idOf(message),
      };
    }
  }

  #asAsker(): Asker {
    const { id, address, scope, runner, lease, log } = this.#options;
    return {
      caller: { connectionId: id, sessionId: null, address, scope },
      runner,
      session: lease.session,
      ready: () => lease.slot.cleared,
      identity: this.#identity,
      identify: (userId) => this.#identify(userId),
      report: (error) => log.error({ err: error }, 'a request failed'),
    };
  }

  /** Answers what cannot be taken. A client that heeds no refusal is let go. */
  #refuse(message: OutgoingMessage): void {
    this.send(message);
    this.#withinRefusals ??= rateLimit(refusalRate, this.#options.clock.now);
    if (this.#withinRefusals.take()) return;
    this.#limit('RATE_LIMITED', 'Too many messages were refused.');
  }

  #tooLarge(bytes: number): void {
    this.#limit('TOO_LARGE', `A message may have ${maxPayloadBytes} bytes at most; this one has ${bytes}.`);
  }

  #limit(code: 'TOO_LARGE' | 'RATE_LIMITED', error: string): void {
    this.#options.metrics.refused('limit');
    this.send({ type: 'error', error, code });
    this.#end(code === 'TOO_LARGE' ? 'too-large' : 'flood', error);
  }

  /** Ends the session, unless another connection has taken it over meanwhile. */
  #end(reason: EndReason, detail: string): void {
    this.#options.lease.endBy(this, reason, detail);
  }

  #failed(error: Error): void {
    this.#options.log.warn({ err: error }, 'socket error');
    // `ws` has closed the socket with 1009 by itself; there is no more to tell, and nothing to come back to.
    if ('code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
      this.#end('too-large', error.message);
    }
  }

  #pong(data: Buffer): void {
    const roundTripMs = this.#greeting.pong(data);
    if (roundTripMs !== null) this.#options.metrics.roundTrip(roundTripMs / 1000);
  }

  #tick(): void {
    const { socket, tcp, clock, options } = this.#options;
    if (socket.readyState === socket.CLOSED) return;
    const { pingIntervalMs: intervalMs, silentIntervals } = options;
    const now = clock.now();
    const heard = tcp.bytesRead !== this.#bytesHeard;
    const tick = { heard, elapsedMs: now - this.#tickedAt, intervalMs, silentIntervals };
    this.#bytesHeard = tcp.bytesRead;
    this.#tickedAt = now;
    const { state, action } = stepLiveness(this.#liveness, tick);
    this.#liveness = state;
    const stuck = isLate(tick) ? null : this.#outbox.check();
    if (stuck !== null) return this.#evict(stuck);
    if (action === 'evict') return this.#evict('silent');
    this.#greeting.ping();
  }

  #evict(reason: Stuck | 'silent'): void {
    const { socket, metrics, log } = this.#options;
    if (socket.readyState === socket.CLOSED) return;
    metrics.evicted(reason);
    log.warn({ reason }, 'client let go');
    socket.terminate();
  }
}
