import type { Result } from '../../../shared/result.ts';
import type { WireIceCandidate } from '../../../shared/wire/client-messages.ts';
import type { ParameterValues } from '../../../shared/wire/parameters.ts';
import type { IceServer } from '../../../shared/wire/server-messages.ts';
import type { ProviderPlan, RunnerProvider } from '../inference/index.ts';

/**
 * What the runner and a session's process say to each other. Requests carry an id and are answered by
 * `reply`; everything else goes unanswered. Buffers cross as they are (structured clone).
 */

/** Given to the process at its start, before it is known whose session it becomes. */
export interface ProcessSetup {
  /** All of them, the built-in one first; absolute, as the process works in its session's folder. */
  modelDirs: readonly string[];
  /** Threads within one operator of a model, 1 or more. */
  threads: number;
  /** Where media may bind; null for any port. */
  udpPorts: { min: number; max: number } | null;
}

/**
 * Which of its own addresses the process tells: `loopback` 127.0.0.1 only, `network` all but loopback,
 * `all` for a client that came from this machine to a runner that serves others too.
 */
export type CandidateScope = 'loopback' | 'network' | 'all';

export interface OfferRequest {
  mediaId: string;
  sdp: string;
  parameters: ParameterValues;
  /** `rebuild` keeps the present peer until the new one is connected; `new` ends it before the answer. */
  mode: 'new' | 'rebuild';
  scope: CandidateScope;
  iceServers: readonly IceServer[];
}

export interface Requests {
  offer: { request: OfferRequest; answer: { sdp: string } };
  candidate: { request: { mediaId: string; candidate: WireIceCandidate | null }; answer: null };
  'hang-up': { request: { mediaId: string }; answer: null };
  /** The plan comes with each load, as a process may have been started before it was known. */
  load: {
    request: { pipelineId: string; parameters: ParameterValues; providers: ProviderPlan };
    /** What the model runs on; null when none runs. */
    answer: { provider: RunnerProvider | null };
  };
  unload: { request: null; answer: null };
  /** The next frame that goes out. */
  picture: { request: null; answer: { png: Uint8Array } };
}

export type RequestKind = keyof Requests;
export type AnyRequest = { [Kind in RequestKind]: { kind: Kind } & Requests[Kind] }[RequestKind];

export type ToProcess =
  | {
      [Kind in RequestKind]: { type: 'request'; id: number; kind: Kind; request: Requests[Kind]['request'] };
    }[RequestKind]
  /** Orderly end: media stops at once, then the process goes. */
  | { type: 'end' };

/** How a media connection fares. `closed` is the far end's doing. */
export type MediaState = 'connected' | 'failed' | 'closed';

export interface FrameCounts {
  /** Frames decoded from the client. */
  in: number;
  /** Frames handed to the encoder. */
  out: number;
  /** Frames that made way for newer ones, or that the model failed on. */
  dropped: number;
  /** Runs of the model that gave a frame. */
  inferences: number;
  /** Mean milliseconds of one of them; null when there was none. */
  inferenceMs: number | null;
  /** Resident memory of the session's process at this moment. */
  rssBytes: number;
}

export type FromProcess =
  /** Modules are loaded; requests sent earlier are not lost either. */
  | { type: 'started' }
  | { type: 'reply'; id: number; result: Result<unknown, string> }
  | { type: 'media'; mediaId: string; state: MediaState }
  /** Once a second while media is connected: counts since the last. */
  | { type: 'frames'; counts: FrameCounts }
  /** The loaded pipeline stopped working; frames pass through from now on. */
  | { type: 'pipeline-failed'; problem: string }
  | { type: 'log'; line: string };
