import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { PipelineInfo } from '../../shared/wire/pipelines.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { ApiCaller, ApiRunner, OfferProblem, RunnerHealth } from './api/api-types.ts';
import type { RunnerOptions } from './config/runner-options.ts';
import { builtInModelDir, listPipelines } from './inference/index.ts';
import type { Session, SessionOffer } from './session/session.ts';
import { Slot, type Lease } from './session/slot.ts';
import { WarmProcesses } from './session/warm-processes.ts';
import { runnerVersion } from './version.ts';

/**
 * What all connections and requests share: the slot with its session, the process in reserve, the pipelines.
 * A session belongs to a connection, or to an offer that was made over plain HTTP.
 */
export class RunnerState implements ApiRunner {
  readonly iceServers: RunnerOptions['iceServers'];
  readonly slot: Slot;
  readonly #log: Logger;
  readonly #modelDirs: readonly string[];
  readonly #processes: WarmProcesses;
  readonly #startedAt = performance.now();
  #state: RunnerHealth['state'] = 'serving';
  #httpLease: Lease | null = null;

  constructor({ modelDirs, iceServers }: RunnerOptions, log: Logger) {
    this.iceServers = iceServers;
    this.#log = log;
    this.#modelDirs = modelDirs;
    this.#processes = new WarmProcesses({ modelDirs }, (line) => log.warn({ native: true }, line));
    this.slot = new Slot(() => this.#processes.take());
  }

  /** Has a process ready for the next session. */
  warm(): void {
    this.#processes.warm();
  }

  health(): RunnerHealth {
    return {
      version: runnerVersion,
      uptimeSeconds: Math.round((performance.now() - this.#startedAt) / 1000),
      slots: { total: 1, free: this.slot.free ? 1 : 0 },
      state: this.#state,
    };
  }

  async pipelines(): Promise<PipelineInfo[]> {
    const { pipelines, problems } = await listPipelines([builtInModelDir, ...this.#modelDirs]);
    for (const problem of problems) this.#log.warn(problem);
    return pipelines;
  }

  sessionOf({ connectionId }: ApiCaller): Session | null {
    return connectionId === null || connectionId === this.slot.owner ? this.slot.current : null;
  }

  async offer(
    caller: ApiCaller,
    offer: SessionOffer,
  ): Promise<Result<{ sdp: string; sessionId: string }, OfferProblem>> {
    if (caller.connectionId !== null) {
      const session = this.sessionOf(caller);
      if (session === null) return fail({ kind: 'unavailable', detail: 'There is no such connection.' });
      return offerTo(session, offer);
    }
    const live = this.#httpLease === null ? null : this.slot.current;
    if (live !== null && live.mediaId === offer.sessionId) return offerTo(live, offer);
    return this.#offerOverHttp(offer);
  }

  async hangUp(mediaId: string): Promise<void> {
    const session = this.slot.current;
    if (session === null || session.mediaId !== mediaId) return;
    if (this.#httpLease === null) await session.hangUp(mediaId);
    else await this.#endHttpSession(this.#httpLease);
  }

  /** From now on nobody is taken in; what runs goes on. */
  drain(): void {
    this.#state = 'draining';
  }

  /** Ends the session of an HTTP client and the process in reserve; connections have ended theirs. */
  async close(): Promise<void> {
    this.drain();
    if (this.#httpLease) await this.#endHttpSession(this.#httpLease);
    await this.#processes.close();
  }

  async #offerOverHttp(offer: SessionOffer): ReturnType<RunnerState['offer']> {
    const lease = this.#state === 'serving' ? this.slot.take(`http-${randomUUID()}`) : null;
    if (lease === null) return fail({ kind: 'no-free-slot' });
    this.#httpLease = lease;
    const session = await lease.session;
    const log = this.#log.child({ connection: lease.owner });
    session.listen({
      frames: () => undefined,
      log: (line) => log.info({ session: true }, line),
      media: (mediaId, state) => {
        log.info({ mediaId, state }, 'media');
        // Without a socket the media connection is the only sign of the client.
        if (state === 'connected') this.warm();
        else void this.#endHttpSession(lease);
      },
      pipelineFailed: (problem) => log.warn({ problem }, 'the pipeline failed'),
      lost: (reason) => {
        log.error({ reason }, 'the session process ended unexpectedly');
        void this.#endHttpSession(lease);
      },
    });
    const started = await session.started();
    const answer: Awaited<ReturnType<RunnerState['offer']>> = started.ok
      ? await offerTo(session, offer)
      : fail({ kind: 'unavailable', detail: started.problem });
    if (!answer.ok) await this.#endHttpSession(lease);
    return answer;
  }

  async #endHttpSession(lease: Lease): Promise<void> {
    if (this.#httpLease === lease) this.#httpLease = null;
    await this.slot.release(lease);
    this.warm();
  }
}

async function offerTo(
  session: Session,
  offer: SessionOffer,
): Promise<Result<{ sdp: string; sessionId: string }, OfferProblem>> {
  const answer = await session.offer(offer);
  return answer.ok ? answer : fail({ kind: 'bad-offer', detail: answer.problem });
}
