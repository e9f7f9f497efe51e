import { randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { WireIceCandidate } from '../../../shared/wire/client-messages.ts';
import type { ParameterValues } from '../../../shared/wire/parameters.ts';
import type { PipelineStatus } from '../../../shared/wire/pipelines.ts';
import type { ProviderPlan } from '../inference/provider-plan.ts';
import { maxCandidates } from './defaults.ts';
import type { FrameCounts, MediaState, OfferRequest, RequestKind, Requests } from './process-messages.ts';
import type { SessionProcess, SessionProcessListener } from './session-process.ts';
import { Snapshots } from './snapshots.ts';

type SessionMessage = Parameters<SessionProcessListener['message']>[0];

export interface SessionListener {
  frames(counts: FrameCounts): void;
  media(mediaId: string, state: MediaState): void;
  log(line: string): void;
  /** The loaded pipeline stopped working; the session goes on without one. */
  pipelineFailed(problem: string): void;
  /** The session's process ended by itself; the session is of no more use. */
  lost(reason: string): void;
}

export type SessionOffer = Pick<OfferRequest, 'sdp' | 'parameters' | 'scope' | 'iceServers'> & {
  /** The media session to replace the peer of; anything but the live one's id makes a new media session. */
  sessionId: string | undefined;
};

export interface SessionOptions {
  /** Null if none can be started. */
  takeProcess: () => SessionProcess | null;
  /** What models run on. A load waits for it; nothing else does. */
  providers: Promise<ProviderPlan>;
}

/** How the media session fares: none, one that connects, or one that delivers. */
export type MediaPhase = 'none' | 'connecting' | 'connected';

/**
 * What a client has on this runner: a process, the pipeline loaded in it, and at most one media session (A43),
 * `sessionId` on the wire, which comes and goes inside it. The process is taken when it is first needed: a
 * client that only listens costs none.
 */
export class Session {
  readonly #options: SessionOptions;
  #process: SessionProcess | null = null;
  #listener: SessionListener | null = null;
  #snapshots: Snapshots | null = null;
  #phase: 'open' | 'ended' = 'open';
  #media: MediaPhase = 'none';
  #pipeline: PipelineStatus = { status: 'not_loaded', pipeline_id: null };
  /** What its process has in force, by the answers so far; while another loads, this is what is shown. */
  #inForce: PipelineStatus | null = null;
  #mediaId: string | null = null;
  /** Candidates that came before there was a session id to put them to (A45). */
  #early: (WireIceCandidate | null)[] = [];
  #candidates = 0;
  #loads = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get pipeline(): PipelineStatus {
    return this.#pipeline;
  }

  /** The live media session's id. */
  get mediaId(): string | null {
    return this.#mediaId;
  }

  get snapshots(): Snapshots {
    this.#snapshots ??= new Snapshots(this);
    return this.#snapshots;
  }

  get media(): MediaPhase {
    return this.#media;
  }

  /** Undefined while no process was needed yet. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** The folder for what belongs to this session only; gone with its process. Null while there is no process. */
  get folder(): string | null {
    return this.#process?.folder ?? null;
  }

  listen(listener: SessionListener): void {
    this.#listener = listener;
  }

  /** Loads in the place of the present pipeline, which goes on until then, and stays if this fails. */
  async load(pipelineId: string, parameters: ParameterValues): Promise<Result<null, string>> {
    const load = ++this.#loads;
    this.#pipeline = { status: 'loading', pipeline_id: pipelineId };
    const providers = await this.#options.providers;
    const outcome = await this.#request('load', { pipelineId, parameters, providers });
    if (outcome.ok) {
      const { provider } = outcome.value;
      this.#inForce = { status: 'loaded', pipeline_id: pipelineId, execution_provider: provider };
    }
    // Of loads that overlap the last one's outcome is the truth.
    if (load === this.#loads) {
      const status = this.#inForce ?? { status: 'error', pipeline_id: pipelineId };
      this.#pipeline = outcome.ok ? status : { ...status, error: outcome.problem };
    }
    return outcome.ok ? ok(null) : outcome;
  }

  async unload(): Promise<Result<null, string>> {
    this.#loads += 1;
    this.#pipeline = { status: 'not_loaded', pipeline_id: null };
    // The loads before it wait for this too, and go first.
    await this.#options.providers;
    if (this.#process === null) return ok(null);
    const unloaded = await this.#request('unload', null);
    this.#inForce = null;
    return unloaded;
  }

  /** The next frame on its way to the client, as PNG. */
  async picture(): Promise<Result<{ png: Uint8Array }, string>> {
    if (this.#mediaId === null) return fail('there is no media session');
    return this.#request('picture', null);
  }

  /** Offers are answered one after the other. */
  offer(offer: SessionOffer): Promise<Result<{ sdp: string; sessionId: string }, string>> {
    const answer = this.#turn.then(() => this.#offer(offer));
    this.#turn = answer;
    return answer;
  }

  /**
   * Hands a candidate to the media session.
   *
   * @param mediaId Undefined or null from a client that has no session id yet.
   */
  async candidate(
    mediaId: string | null | undefined,
    candidate: WireIceCandidate | null,
  ): Promise<Result<null, string>> {
    this.#candidates += 1;
    if (this.#candidates > maxCandidates) return fail(`more than ${maxCandidates} candidates`);
    if (this.#mediaId === null && mediaId == null) {
      this.#early.push(candidate);
      return ok(null);
    }
    if (mediaId != null && mediaId !== this.#mediaId) return fail('there is no such media session');
    return this.#request('candidate', { mediaId: this.#mediaId ?? '', candidate });
  }

  /** Ends the media session of that id; the session itself, with its pipeline, stays. */
  async hangUp(mediaId: string): Promise<void> {
    if (mediaId !== this.#mediaId) return;
    this.#mediaId = null;
    this.#media = 'none';
    await this.#request('hang-up', { mediaId });
  }

  /** Ends everything; resolves when process and folder are gone. */
  async end(): Promise<void> {
    this.#phase = 'ended';
    this.#mediaId = null;
    this.#media = 'none';
    await this.#process?.end();
  }

  /** Takes a process if there is none yet, except for a session that has ended: nobody would end that one. */
  #request<Kind extends RequestKind>(
    kind: Kind,
    request: Requests[Kind]['request'],
  ): Promise<Result<Requests[Kind]['answer'], string>> {
    if (this.#process === null) {
      if (this.#phase === 'ended') return Promise.resolve(fail('the session has ended'));
      this.#process = this.#options.takeProcess();
      // The next request tries again.
      if (this.#process === null) return Promise.resolve(fail('no process could be started for the session'));
      this.#process.listen({
        lost: (reason) => this.#listener?.lost(reason),
        message: (message) => this.#heard(message),
      });
    }
    return this.#process.request(kind, request);
  }

  #heard(message: SessionMessage): void {
    switch (message.type) {
      case 'frames':
        return this.#listener?.frames(message.counts);
      case 'media':
        if (message.mediaId === this.#mediaId) {
          this.#media = message.state === 'connected' ? 'connected' : 'none';
        }
        return this.#listener?.media(message.mediaId, message.state);
      case 'log':
        return this.#listener?.log(message.line);
      case 'pipeline-failed':
        this.#inForce = null;
        if (this.#pipeline.status !== 'loading') {
          const { pipeline_id: id } = this.#pipeline;
          this.#pipeline = { status: 'error', pipeline_id: id, error: message.problem };
        }
        return this.#listener?.pipelineFailed(message.problem);
      default:
        message satisfies never;
    }
  }

  async #offer(offer: SessionOffer): Promise<Result<{ sdp: string; sessionId: string }, string>> {
    const { sessionId, ...request } = offer;
    const previous = this.#mediaId;
    const mode = previous !== null && sessionId === previous ? 'rebuild' : 'new';
    const mediaId = mode === 'rebuild' ? previous! : randomUUID();
    // From here on candidates without an id are for this offer; the process keeps them until it is described.
    this.#mediaId = mediaId;
    const early = this.#early;
    this.#early = [];
    this.#candidates = early.length;
    if (mode === 'new') this.#media = 'connecting';
    const answering = this.#request('offer', { ...request, mediaId, mode });
    const added = early.map((candidate) => this.#request('candidate', { mediaId, candidate }));
    const answer = await answering;
    await Promise.all(added);
    if (!answer.ok) {
      if (this.#mediaId === mediaId && mode === 'new') {
        this.#mediaId = null;
        this.#media = 'none';
      }
      return answer;
    }
    return ok({ sdp: answer.value.sdp, sessionId: mediaId });
  }
}
