import type { Logger } from 'pino';
import { fail } from '../../shared/result.ts';
import type { ModelList } from '../../shared/wire/models.ts';
import type { PipelineInfo } from '../../shared/wire/pipelines.ts';
import type { SessionInfo } from '../../shared/wire/sessions.ts';
import type { ApiCaller, ApiRunner, RunnerHealth, SnapshotStore } from './api/api-types.ts';
import type { Clock } from './clock.ts';
import type { RunnerOptions } from './config/runner-options.ts';
import { describeLease } from './describe-lease.ts';
import type { Admission, UserQuestion } from './guard/user-check.ts';
import { HttpClients, offerTo, type OfferOutcome } from './http-clients.ts';
import { builtInModelDir, listModels, listPipelines } from './inference/index.ts';
import { RunnerMetrics } from './metrics/runner-metrics.ts';
import type { Lease } from './session/lease.ts';
import { Leases } from './session/leases.ts';
import type { Session, SessionOffer, SessionOptions } from './session/session.ts';
import { runnerVersion } from './version.ts';

export interface RunnerStateOptions {
  options: RunnerOptions;
  clock: Clock;
  log: Logger;
  session: SessionOptions;
  /** Null lets everyone in. */
  checkUser: ((question: UserQuestion) => Promise<Admission>) | null;
  /** Has a process ready for the next session. */
  warm: () => void;
  /** Sockets that are open. */
  connections: () => number;
}

/** What all connections and requests share: the sessions, the pipelines, and whether anybody is still taken in. */
export class RunnerState implements ApiRunner {
  readonly iceServers: RunnerOptions['iceServers'];
  readonly leases: Leases;
  readonly measured: RunnerMetrics;
  readonly #options: RunnerStateOptions;
  readonly #modelDirs: readonly string[];
  readonly #http: HttpClients;
  readonly #startedAt: number;
  #state: RunnerHealth['state'] = 'serving';

  constructor(given: RunnerStateOptions) {
    const { options, clock, log, session, warm } = given;
    this.#options = given;
    this.#startedAt = clock.now();
    this.iceServers = options.iceServers;
    this.#modelDirs = [builtInModelDir, ...options.modelDirs];
    this.measured = new RunnerMetrics(() => this.#census());
    this.leases = new Leases({
      slots: options.slots,
      graceMs: options.graceMs,
      maxDurationMs: options.maxDurationMs,
      clock,
      session,
      onFrames: (lease, counts) => this.measured.frames(lease.slot.index, counts),
      onEnd: (lease, reason) => {
        this.measured.sessionEnded(reason, (clock.now() - lease.startedAt) / 1000);
        this.measured.sessionGone(lease.slot.index);
        log.info({ session: lease.id, slot: lease.slot.index, reason }, 'session over');
        void lease.gone.then(warm);
      },
    });
    this.#http = new HttpClients({
      take: () => {
        const lease = this.take();
        if (typeof lease !== 'string') return lease;
        this.measured.refused(lease);
        return null;
      },
      log,
      onMediaConnected: warm,
    });
  }

  /** A session for somebody new, or why there is none. */
  take(): Lease | 'no-free-slot' | 'draining' {
    if (this.#state === 'draining') return 'draining';
    return this.leases.take() ?? 'no-free-slot';
  }

  health(): RunnerHealth {
    const { total, free } = this.leases.slots;
    return {
      id: this.#options.options.id,
      version: runnerVersion,
      uptimeSeconds: Math.round((this.#options.clock.now() - this.#startedAt) / 1000),
      slots: { total, free },
      state: this.#state,
    };
  }

  async pipelines(): Promise<PipelineInfo[]> {
    const { pipelines, problems } = await listPipelines(this.#modelDirs);
    for (const problem of problems) this.#options.log.warn(problem);
    return pipelines;
  }

  async models(): Promise<ModelList> {
    return listModels(this.#modelDirs, await this.#options.session.providers);
  }

  metrics(): Promise<{ text: string; contentType: string }> {
    return this.measured.text();
  }

  sessionOf(caller: ApiCaller): Session | null {
    return this.#leaseOf(caller)?.session ?? null;
  }

  sessionWithMedia(mediaId: string): Session | null {
    return this.leases.withMedia(mediaId)?.session ?? null;
  }

  describe(caller: ApiCaller): SessionInfo | null {
    const lease = this.#leaseOf(caller);
    return lease === null ? null : describeLease(lease, this.#options.clock.now());
  }

  snapshots(caller: ApiCaller): SnapshotStore | null {
    return this.sessionOf(caller)?.snapshots ?? null;
  }

  async offer(caller: ApiCaller, offer: SessionOffer, userId?: string): Promise<OfferOutcome> {
    if (caller.connectionId !== null) {
      const lease = this.leases.heldBy(caller.connectionId);
      if (lease === null) return fail({ kind: 'unavailable', detail: 'There is no such connection.' });
      if (lease.userId === null)
        return fail({ kind: 'denied', detail: 'Send set_user_id on the socket first.' });
      return offerTo(lease, offer);
    }
    const named = offer.sessionId === undefined ? null : this.leases.withMedia(offer.sessionId);
    if (named?.holder?.kind === 'http') return offerTo(named, offer);
    const refused = await this.#check(caller, userId);
    return refused ?? this.#http.offer(offer, userId ?? null);
  }

  async hangUp(mediaId: string): Promise<void> {
    const lease = this.leases.withMedia(mediaId);
    if (lease === null) return;
    if (lease.holder?.kind !== 'http') return lease.session.hangUp(mediaId);
    lease.end('left', 'The client said goodbye');
    await lease.gone;
  }

  /** From now on nobody new is taken in; what runs goes on. */
  drain(): void {
    this.#state = 'draining';
  }

  /** @returns Why an HTTP client may not come in; null when it may. */
  async #check({ address }: ApiCaller, userId: string | undefined): Promise<OfferOutcome | null> {
    const { checkUser } = this.#options;
    if (checkUser === null) return null;
    if (userId === undefined) return fail({ kind: 'denied', detail: 'Name the user: give user_id.' });
    const admission = await checkUser({ user_id: userId, connection_id: null, address });
    switch (admission) {
      case 'admitted':
        return null;
      case 'denied':
        this.measured.refused('denied');
        return fail({ kind: 'denied', detail: 'Access denied' });
      case 'unavailable':
        return fail({ kind: 'unavailable', detail: 'It cannot be checked at present who you are.' });
      default:
        return admission satisfies never;
    }
  }

  #leaseOf({ connectionId, sessionId }: ApiCaller): Lease | null {
    if (connectionId !== null) return this.leases.heldBy(connectionId);
    if (sessionId !== null) return this.leases.withMedia(sessionId);
    const [only, ...others] = [...this.leases.all].filter(({ holder }) => holder?.kind === 'http');
    return others.length === 0 ? (only ?? null) : null;
  }

  #census(): ReturnType<ConstructorParameters<typeof RunnerMetrics>[0]> {
    const { total, free } = this.leases.slots;
    const census = {
      connections: this.#options.connections(),
      slots: total,
      free,
      attached: 0,
      lingering: 0,
      http: 0,
    };
    for (const { holder } of this.leases.all) {
      if (holder === null) census.lingering += 1;
      else if (holder.kind === 'http') census.http += 1;
      else census.attached += 1;
    }
    return census;
  }
}
