import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { endNoticeMs } from './defaults.ts';
import { stepLease, taken, type EndReason, type LeaseEvent, type LeaseState } from './lease-state.ts';
import type { FrameCounts, MediaState } from './process-messages.ts';
import type { Session, SessionListener } from './session.ts';
import type { Slot } from './slots.ts';

/** Who has a session, and is told what happens to it: a connection, or an offer made over plain HTTP. */
export interface LeaseHolder {
  readonly kind: 'socket' | 'http';
  /** The connection's id; of an HTTP client one of its own. */
  readonly id: string;
  frames(counts: FrameCounts): void;
  media(mediaId: string, state: MediaState): void;
  log(line: string): void;
  pipelineFailed(problem: string): void;
  /** The session ends in so many milliseconds. */
  endsSoon(inMs: number): void;
  /** Another connection has come with the session's token. */
  takenOver(): void;
  /** The session has ended. `detail` is for people. */
  ended(reason: EndReason, detail: string): void;
}

export interface LeaseOptions {
  session: Session;
  slot: Slot;
  clock: Clock;
  graceMs: number;
  maxDurationMs: number | null;
  /** Told at once; the session's process may take a while to go. */
  onEnd: (lease: Lease, reason: EndReason) => void;
  onFrames: (lease: Lease, counts: FrameCounts) => void;
}

/**
 * The right to a session and its slot, from taking it to its end, across the connections that hold it. What the
 * session tells goes to whoever has it.
 */
export class Lease implements SessionListener {
  readonly id = randomBytes(16).toString('hex');
  readonly session: Session;
  readonly slot: Slot;
  readonly startedAt: number;
  /** What the client calls itself; kept across a resume. */
  userId: string | null = null;
  readonly #options: LeaseOptions;
  readonly #gone = Promise.withResolvers<void>();
  readonly #timers = new Map<'grace' | 'notice' | 'end', () => void>();
  #state: LeaseState = taken;
  #holder: LeaseHolder | null = null;
  #counts: FrameCounts | null = null;

  constructor(options: LeaseOptions) {
    const { session, slot, clock, maxDurationMs } = options;
    this.session = session;
    this.slot = slot;
    this.startedAt = clock.now();
    this.#options = options;
    if (maxDurationMs !== null) this.#limit(maxDurationMs);
    session.listen(this);
  }

  frames(counts: FrameCounts): void {
    this.#counts = counts;
    this.#options.onFrames(this, counts);
    this.#holder?.frames(counts);
  }

  media(mediaId: string, state: MediaState): void {
    this.#holder?.media(mediaId, state);
  }

  log(line: string): void {
    this.#holder?.log(line);
  }

  pipelineFailed(problem: string): void {
    this.#holder?.pipelineFailed(problem);
  }

  lost(reason: string): void {
    this.end('process-lost', `The session's process ended unexpectedly (${reason})`);
  }

  get state(): LeaseState {
    return this.#state;
  }

  get holder(): LeaseHolder | null {
    return this.#holder;
  }

  /** What the session did in its last second; null before it did anything. */
  get counts(): FrameCounts | null {
    return this.#counts;
  }

  /** Milliseconds until it ends for its age; null if it does not. */
  get endsInMs(): number | null {
    const { maxDurationMs, clock } = this.#options;
    return maxDurationMs === null ? null : Math.max(0, this.startedAt + maxDurationMs - clock.now());
  }

  /** Resolves when session, process and folder are gone, and nothing is left of whoever had the slot before. */
  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  /** The first to have it. */
  take(holder: LeaseHolder): void {
    this.#holder = holder;
  }

  /** The client is back on another connection; whoever still has the session is dismissed. */
  resume(holder: LeaseHolder): void {
    const before = this.#holder;
    this.#step({ type: 'resumed' }, { 'dismiss-holder': () => before?.takenOver() });
    this.#holder = holder;
  }

  /** From now on the client can come back. */
  tokenSent(): void {
    this.#step({ type: 'token-sent' });
  }

  /** Heeded only from whoever has the session now. */
  signallingEnded(holder: LeaseHolder, how: 'orderly' | 'abnormal'): void {
    if (this.#holder !== holder) return;
    this.#holder = null;
    this.#step({ type: 'signalling-ended', how });
  }

  /** The same as `end`, heeded only from whoever has the session now. */
  endBy(holder: LeaseHolder, reason: EndReason, detail: string): void {
    if (this.#holder === holder) this.end(reason, detail);
  }

  end(reason: EndReason, detail: string): void {
    const before = this.#holder;
    this.#step({ type: 'revoked', reason }, { 'end-session': () => before?.ended(reason, detail) });
  }

  /** @param told What this event adds to an effect. */
  #step(event: LeaseEvent, told: { [effect in 'dismiss-holder' | 'end-session']?: () => void } = {}): void {
    const { state, effects } = stepLease(this.#state, event);
    this.#state = state;
    for (const effect of effects) {
      switch (effect) {
        case 'start-grace':
          this.#startGrace();
          break;
        case 'stop-grace':
          this.#stop('grace');
          break;
        case 'dismiss-holder':
          told['dismiss-holder']?.();
          break;
        case 'end-session':
          this.#end();
          told['end-session']?.();
          break;
        default:
          effect satisfies never;
      }
    }
  }

  #end(): void {
    const { session, slot, onEnd } = this.#options;
    for (const timer of this.#timers.keys()) this.#stop(timer);
    this.#holder = null;
    // What was in the slot before may outlast a client that did not wait for the gate.
    void Promise.all([slot.cleared, session.end()]).then(() => this.#gone.resolve());
    if (this.#state.kind === 'ended') onEnd(this, this.#state.reason);
  }

  #startGrace(): void {
    const { graceMs } = this.#options;
    const over = (): void => this.#step({ type: 'grace-over' });
    if (graceMs === 0) over();
    else this.#start('grace', graceMs, over);
  }

  #limit(maxDurationMs: number): void {
    const noticeAfterMs = Math.max(0, maxDurationMs - endNoticeMs);
    this.#start('notice', noticeAfterMs, () => this.#holder?.endsSoon(this.endsInMs ?? 0));
    const detail = `A session on this runner lasts ${Math.round(maxDurationMs / 1000)} s at most`;
    this.#start('end', maxDurationMs, () => this.end('max-duration', detail));
  }

  #start(timer: 'grace' | 'notice' | 'end', ms: number, call: () => void): void {
    this.#timers.set(timer, this.#options.clock.after(ms, call));
  }

  #stop(timer: 'grace' | 'notice' | 'end'): void {
    this.#timers.get(timer)?.();
    this.#timers.delete(timer);
  }
}
