import type { EndpointReport } from '../../shared/ipc/contract.ts';
import type { Fault } from '../../shared/link/fault.ts';
import type { RecoverySettings } from '../../shared/link/recovery-settings.ts';
import type { LinkStatus } from '../../shared/link/status.ts';
import type { TimelineEntry } from '../../shared/link/timeline.ts';
import type { Result } from '../../shared/result.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import type { PipelineInfo } from '../../shared/wire/pipelines.ts';
import type { ApiAnswer, ApiProblem, ApiRequest } from './api-request.ts';

/** A runner, or a balancer in front of some. */
export interface Place {
  name: string;
  /** `ws:` or `wss:`. */
  url: string;
  token: string | null;
}

/** What it takes to come back to a session whose socket was lost. Single use; as secret as a token. */
export interface ResumeTicket {
  /** Where to dial: the endpoint itself, or the runner's own address behind a balancer. */
  url: string;
  token: string;
  /** The endpoint that it belongs to. */
  endpoint: string;
}

/** Everything the link needs to know about where it goes. Copied on receipt. */
export interface LinkTarget extends Place {
  /** Where to go when that place can't be reached, in order. */
  fallbacks?: readonly Place[];
  /** A session of this installation that may still be waiting, such as after a crash of the app. */
  resume?: ResumeTicket | null;
  userId: string;
  pipelineId: string;
  parameters: ParameterValues;
  /**
   * What a first connection that fails does: `show` (default) fails at once with the reason and tries again
   * slowly; `retry` recovers by the policy as after a loss. For starts that nobody is watching.
   */
  onFirstFailure?: 'show' | 'retry';
}

export type LinkEvent =
  | { type: 'status'; status: LinkStatus }
  | { type: 'timeline'; entry: TimelineEntry }
  | { type: 'pipelines'; pipelines: PipelineInfo[] }
  | { type: 'logs'; lines: string[] }
  /** To be kept, encrypted, in case the app crashes; null when there is nothing to come back to. */
  | { type: 'resumable'; ticket: ResumeTicket | null }
  /** Something to tell the user that changes no state, in a sentence. */
  | { type: 'notice'; text: string };

/**
 * The one way into link and relay: commands and answers that could be messages, so that both can move into
 * another process by changing the file that makes the host. Nothing here throws; outcomes are values.
 */
export interface LinkHost {
  /** Takes the window's offer and answers it; from then on the window's stream goes to whatever runner is live. */
  attachPage(offerSdp: string): Promise<Result<{ sdp: string }, Fault>>;
  /** Ends the window's connection; a runner connection goes with it. */
  detachPage(): Promise<void>;
  /** Starts, or moves a started link to the target. Parameters are exactly those given: nothing is kept across stop. */
  start(target: LinkTarget): void;
  /** Ends at once and on purpose: no error is shown, no attempt made. */
  stop(): Promise<void>;
  /** An attempt now, whatever the backoff says. */
  retryNow(): void;
  /**
   * The system woke up, or its network changed or came back: no open socket proves anything any more. Dials
   * afresh at once, also when the link seems live; does nothing while idle.
   */
  nudge(cause: 'sleep' | 'network'): void;
  /** Numbers of detection and recovery from now on; a running heartbeat or pause keeps its own to its end. */
  configure(recovery: RecoverySettings): void;
  /**
   * One call of the runner's HTTP API, over whatever socket the link has. Side by side with others. When the
   * socket is lost, a GET or DELETE waits for the next one and is repeated within its time-out; any other is
   * told `lost` at once.
   */
  api(request: ApiRequest): Promise<Result<ApiAnswer, ApiProblem>>;
  /**
   * Changed values: merged, last write wins. Those of a pipeline that is still being loaded are sent once it
   * runs; those of any other than `pipelineId`'s are ignored. Without it: the running pipeline's.
   */
  setParameters(values: ParameterValues, pipelineId?: string): void;
  /** Dials, waits for `ready`, asks for the pipelines, and leaves. */
  test(endpoint: Pick<LinkTarget, 'url' | 'token' | 'userId'>): Promise<Result<EndpointReport, Fault>>;
  status(): LinkStatus;
  subscribe(listener: (event: LinkEvent) => void): () => void;
  /** Stops and frees everything. */
  dispose(): Promise<void>;
}
