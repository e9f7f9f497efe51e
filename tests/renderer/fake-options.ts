import type { AppInfo, CaptureSource, EndpointReport, OpenedFile } from '../../shared/ipc/contract.ts';
import type { ModelCandidate } from '../../shared/ipc/model-channels.ts';
import type { FoundRunner } from '../../shared/ipc/runner-channels.ts';
import type { Fault } from '../../shared/link/fault.ts';
import type { Result } from '../../shared/result.ts';

/** How the played main behaves, settled before the page loads. */
export interface FakeOptions {
  info: Partial<AppInfo>;
  /** Whether a started link becomes live by itself once the page's connection stands. */
  goesLive: boolean;
  /** CSS filter that the far end puts on what it sends back. */
  filter: string;
  /** Never answers `appInfo`: the page stays in its loading state. */
  silent: boolean;
  endpointTest: Result<EndpointReport, Fault>;
  /** What is wrong with any list of runners; null takes it. */
  runnersFault: Fault | null;
  /** Runners on this machine. */
  foundRunners: FoundRunner[];
  captureSources: CaptureSource[];
  /** Why no recording can begin; null lets it. */
  recordingProblem: string | null;
  pickedFile: OpenedFile | null;
  /** What becomes of a model that is picked or dropped; null: nothing was picked. */
  pickedModel: Result<ModelCandidate, string> | null;
  /** What is found where a file was in an earlier run; null when it is gone. */
  reopenedFile: OpenedFile | null;
}

/** One call of the page to main, in order. */
export interface BridgeCall {
  method: string;
  request: unknown;
}
