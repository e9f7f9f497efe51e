import type { IceServer } from '../../../shared/wire/server-messages.ts';
import type { ModelList } from '../../../shared/wire/models.ts';
import type { PipelineInfo } from '../../../shared/wire/pipelines.ts';
import type { SessionInfo, SnapshotInfo } from '../../../shared/wire/sessions.ts';
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
  /**
   * Over plain HTTP the media session that the caller names in `?session_id=`. The ids are random, told to
   * the session's client alone: to know one is to be that client. Null when none is named.
   */
  sessionId: string | null;
  /** The client's network address. */
  address: string;
  scope: CandidateScope;
}

export type ApiAnswer =
  | { kind: 'json'; status: number; value: unknown }
  /** Whatever is not JSON, text included. */
  | { kind: 'binary'; status: number; content: Buffer; contentType: string }
  | { kind: 'empty'; status: 204 };

/** What handlers need of the runner. */
export interface ApiRunner {
  readonly iceServers: readonly IceServer[];
  health(): RunnerHealth;
  pipelines(): Promise<PipelineInfo[]>;
  models(): Promise<ModelList>;
  /**
   * The session that a caller acts on: a connection's own; over HTTP the one whose media session is named,
   * else the only one that was made over HTTP. Never somebody else's.
   */
  sessionOf(caller: ApiCaller): Session | null;
  /** The same session, described. */
  describe(caller: ApiCaller): SessionInfo | null;
  /** The stills of the same session. */
  snapshots(caller: ApiCaller): SnapshotStore | null;
  /** Whoever asks: the id proves it. */
  sessionWithMedia(mediaId: string): Session | null;
  /** Offers for a caller; over plain HTTP a session of its own begins if a slot is free. */
  offer(
    caller: ApiCaller,
    offer: SessionOffer,
    /** What an HTTP client calls itself; over the socket that is settled already. */
    userId?: string,
  ): Promise<Result<{ sdp: string; sessionId: string }, OfferProblem>>;
  /** Ends a media session, and the session with it if it was made over plain HTTP. */
  hangUp(mediaId: string): Promise<void>;
  /** All metrics as Prometheus reads them. */
  metrics(): Promise<{ text: string; contentType: string }>;
}

/** Stills that live as long as their session. An id that the store did not give is unknown to it, no path. */
export interface SnapshotStore {
  /** Keeps the session's next outgoing frame; the problem is a sentence. */
  take(): Promise<Result<SnapshotInfo, string>>;
  /** The oldest first. */
  list(): Promise<SnapshotInfo[]>;
  /** The PNG; null if there is none of that id. */
  read(id: string): Promise<Buffer | null>;
  /** @returns Whether there was one of that id. */
  remove(id: string): Promise<boolean>;
}

export type OfferProblem =
  /** The user may not use this runner. */
  | { kind: 'denied'; detail: string }
  | { kind: 'bad-offer'; detail: string }
  | { kind: 'no-free-slot' }
  /** The session could not begin, or its process ended meanwhile. */
  | { kind: 'unavailable'; detail: string };

export interface RunnerHealth {
  /** The runner's name among others behind the same balancer. */
  id: string;
  version: string;
  uptimeSeconds: number;
  slots: { total: number; free: number };
  state: 'serving' | 'draining';
}

interface JsonAnswer<Status extends number, Value> {
  kind: 'json';
  status: Status;
  value: Value;
}

export function json<Value>(value: Value): JsonAnswer<200, Value>;
export function json<Value, Status extends number>(value: Value, status: Status): JsonAnswer<Status, Value>;
export function json<Value>(value: Value, status = 200): JsonAnswer<number, Value> {
  return { kind: 'json', status, value };
}

export function binary(
  content: Buffer,
  contentType: string,
): { kind: 'binary'; status: 200; content: Buffer; contentType: string } {
  return { kind: 'binary', status: 200, content, contentType };
}

export const empty = { kind: 'empty', status: 204 } as const;

/** @param error A sentence for people. */
export function problem<Status extends number>(
  status: Status,
  error: string,
  code?: string,
): JsonAnswer<Status, { error: string; code?: string }> {
  return json(code === undefined ? { error } : { error, code }, status);
}
