import { randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { WireIceCandidate } from '../../../shared/wire/client-messages.ts';
import type { ParameterValues } from '../../../shared/wire/parameters.ts';
import type { PipelineStatus } from '../../../shared/wire/pipelines.ts';
import { maxCandidates } from './defaults.ts';
import type { FrameCounts, MediaState, OfferRequest } from './process-messages.ts';
import type { SessionProcess } from './session-process.ts';

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

/**
 * A client's session: its process, the pipeline loaded in it, and at most one media session (A43). The
 * session is the slot's; the media session (`sessionId` on the wire) comes and goes inside it.
 */
export class Session {
  readonly #process: SessionProcess;
  #pipeline: PipelineStatus = { status: 'not_loaded', pipeline_id: null };
  #mediaId: string | null = null;
  /** Candidates that came before there was a session id to put them to (A45). */
  #early: (WireIceCandidate | null)[] = [];
  #candidates = 0;
  #loads = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(process: SessionProcess) {
    this.#process = process;
  }

  get pipeline(): PipelineStatus {
    return this.#pipeline;
  }

  /** The live media session's id. */
  get mediaId(): string | null {
    return this.#mediaId;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  started(): Promise<Result<null, string>> {
    return this.#process.started();
  }

  listen(listener: SessionListener): void {
    this.#process.listen({
      lost: (reason) => listener.lost(reason),
      message: (message) => {
        switch (message.type) {
          case 'frames':
            return listener.frames(message.counts);
          case 'media':
            return listener.media(message.mediaId, message.state);
          case 'log':
            return listener.log(message.line);
          case 'pipeline-failed':
            this.#pipeline = { ...this.#pipeline, status: 'error', error: message.problem };
            return listener.pipelineFailed(message.problem);
          default:
            message satisfies never;
        }
      },
    });
  }

  /** Loads in the place of the present pipeline, which goes on until then, and stays if this fails. */
  async load(pipelineId: string, parameters: ParameterValues): Promise<Result<null, string>> {
    const load = ++this.#loads;
    const previous = this.#pipeline.status === 'loaded' ? this.#pipeline : null;
    this.#pipeline = { status: 'loading', pipeline_id: pipelineId };
    const outcome = await this.#process.request('load', { pipelineId, parameters });
    // Of loads that overlap the last one's outcome is the truth.
    if (load !== this.#loads) return outcome;
    if (outcome.ok) this.#pipeline = { status: 'loaded', pipeline_id: pipelineId };
    else if (previous) this.#pipeline = { ...previous, error: outcome.problem };
    else this.#pipeline = { status: 'error', pipeline_id: pipelineId, error: outcome.problem };
    return outcome;
  }

  async unload(): Promise<Result<null, string>> {
    this.#loads += 1;
    this.#pipeline = { status: 'not_loaded', pipeline_id: null };
    return this.#process.request('unload', null);
  }

  /** The next frame on its way to the client, as PNG. */
  async picture(): Promise<Result<{ png: Uint8Array }, string>> {
    if (this.#mediaId === null) return fail('there is no media session');
    return this.#process.request('picture', null);
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
    return this.#process.request('candidate', { mediaId: this.#mediaId ?? '', candidate });
  }

  /** Ends the media session of that id; the session itself, with its pipeline, stays. */
  async hangUp(mediaId: string): Promise<void> {
    if (mediaId !== this.#mediaId) return;
    this.#mediaId = null;
    await this.#process.request('hang-up', { mediaId });
  }

  /** Ends everything; resolves when the process is gone. */
  end(): Promise<void> {
    this.#mediaId = null;
    return this.#process.end();
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
    const answering = this.#process.request('offer', { ...request, mediaId, mode });
    const added = early.map((candidate) => this.#process.request('candidate', { mediaId, candidate }));
    const answer = await answering;
    await Promise.all(added);
    if (!answer.ok) {
      if (this.#mediaId === mediaId && mode === 'new') this.#mediaId = null;
      return answer;
    }
    return ok({ sdp: answer.value.sdp, sessionId: mediaId });
  }
}
