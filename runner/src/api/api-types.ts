import type { IceServer } from '../../../shared/wire/server-messages.ts';
import type { PipelineInfo } from '../../../shared/wire/pipelines.ts';
import type { CandidateScope } from '../session/process-messages.ts';
import type { Session, SessionOffer } from '../session/session.ts';
import type { Result } from '../../../shared/result.ts';

export type ApiBody =
  | { kind: 'none' }
  | { kind: 'json'; value: unknown }
  | { kind: 'binary'; content: Buffer; contentType: string };

export interface ApiRequest {
  method: string;
  /** Path and query, as in a request line. */
  path: string;
  body: ApiBody;
  caller: ApiCaller;
}

/** Who asks: a connection with its session, or an HTTP request that stands for itself. */
export interface ApiCaller {
  /** Null for plain HTTP. */
  connectionId: string | null;
  scope: CandidateScope;
}

export type ApiAnswer =
  | { kind: 'json'; status: number; value: unknown }
  | { kind: 'binary'; status: number; content: Buffer; contentType: string }
  | { kind: 'empty'; status: 204 };

/** What handlers need of the runner. */
export interface ApiRunner {
  readonly iceServers: readonly IceServer[];
  health(): RunnerHealth;
  pipelines(): Promise<PipelineInfo[]>;
  /** The session that a caller acts on: a connection's own, else the runner's present one. */
  sessionOf(caller: ApiCaller): Session | null;
  /** Offers for a caller; over plain HTTP a session of its own begins if the slot is free. */
  offer(
    caller: ApiCaller,
    offer: SessionOffer,
  ): Promise<Result<{ sdp: string; sessionId: string }, OfferProblem>>;
  /** Ends a media session, and the session with it if it was made over plain HTTP. */
  hangUp(mediaId: string): Promise<void>;
}

export type OfferProblem =
  | { kind: 'bad-offer'; detail: string }
  | { kind: 'no-free-slot' }
  /** The session could not begin, or its process ended meanwhile. */
  | { kind: 'unavailable'; detail: string };

export interface RunnerHealth {
  version: string;
  uptimeSeconds: number;
  slots: { total: number; free: number };
  state: 'serving' | 'draining';
}

export const json = (value: unknown, status = 200): ApiAnswer => ({ kind: 'json', status, value });

/** @param error A sentence for people. */
export const problem = (status: number, error: string, code?: string): ApiAnswer =>
  json(code === undefined ? { error } : { error, code }, status);
