import type { Shown } from '../../shared/bridge/shown.ts';
import type { AppInfo } from '../../shared/ipc/contract.ts';
import { noStats, type LinkStatus } from '../../shared/link/status.ts';
import type { TimelineEntry } from '../../shared/link/timeline.ts';
import * as v from 'valibot';
import { userSettings, type SourceChoice, type UserSettings } from '../../shared/settings/schema.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import type { PipelineInfo } from '../../shared/wire/pipelines.ts';
import type { Camera } from '../capture/list-cameras.ts';
import type { SourceProblem } from '../capture/source-problem.ts';
import type { SourceTicket } from '../capture/source-ticket.ts';
import type { LocalModel } from '../engine/local-model.ts';
import type { LocalState } from '../engine/local-state.ts';
import type { MixPolicy } from '../mixer/mixer-message.ts';
import type { RecordingState } from '../recording/recording-state.ts';
import { emptyHistory, type History } from './history.ts';
import { noRunners, type RunnersState } from './runners-state.ts';
import { noModels, type ModelsState } from './models-state.ts';

/** Whether the window has heard from main yet. */
export type Boot = { phase: 'loading' } | { phase: 'ready' } | { phase: 'failed'; detail: string };

/** What is on the outgoing track. `generation` tells late news of an earlier source apart. */
type SourceState =
  | { phase: 'off'; generation: number }
  | { phase: 'opening'; generation: number; choice: SourceChoice }
  | { phase: 'running'; generation: number; choice: SourceChoice }
  /** The choice gives no picture; the test pattern is sent in its place. */
  | { phase: 'substituted'; generation: number; choice: SourceChoice; problem: SourceProblem };

/** The window's leg to main. */
type StreamState =
  | { phase: 'detached' }
  | { phase: 'attaching' }
  | { phase: 'attached' }
  /** It broke and is being made again. */
  | { phase: 'lost'; detail: string };

export type Panel = 'source' | 'pipeline' | 'models' | 'endpoint' | 'activity';
export type SourceView = 'corner' | 'split' | 'hidden';

/** What the mixer was last told. */
interface MixState {
  /** Whether a picture is wanted at all. */
  on: boolean;
  policy: MixPolicy;
  /** The runner has made new frames, by its own count, since its link is up. */
  moved: boolean;
  stuck: boolean;
}

interface Notice {
  id: number;
  text: string;
  /** The saved file that it is about, which can be shown in its folder. */
  savedId: string | null;
}

export interface AppState {
  boot: Boot;
  about: Pick<AppInfo, 'version' | 'runtime' | 'packaged' | 'platform' | 'logFile'> | null;
  settings: UserSettings;
  runners: RunnersState;
  /** The endpoint in force: the first of them. */
  endpoint: AppInfo['endpoint'];
  status: LinkStatus;
  /** What became of the link, and what its runner had to say: the newest last. */
  timeline: History<TimelineEntry>;
  runnerLog: History<string>;
  pipelines: PipelineInfo[];
  /** What the user set, by pipeline id; what is not set has the pipeline's default. */
  parameters: Record<string, ParameterValues>;
  /** The models that this app brings, with where the page reads them. */
  builtIn: readonly LocalModel[];
  /** The user's own models, and one that is being added. */
  models: ModelsState;
  /** What became of the local engine. */
  local: LocalState;
  /** Id and digest of the model that the local engine was told to load; null: none. */
  localLoaded: string | null;
  /** The picture on the output. */
  shown: Shown;
  mix: MixState;
  /** The clean output window. */
  outputWindow: 'closed' | 'open';
  recording: RecordingState;
  /** Recordings that have ended and are being made seekable. */
  finishing: readonly string[];
  source: SourceState;
  ticket: SourceTicket | null;
  cameras: Camera[];
  stream: StreamState;
  /** The source's preview is wanted although nothing streams. */
  previewing: boolean;
  sourceView: SourceView;
  panel: Panel;
  /** How often the endpoint's field was asked to take the focus, since the user last chose a panel. */
  endpointAsked: number;
  notices: Notice[];
  noticesSoFar: number;
}

export const initialState: AppState = {
  boot: { phase: 'loading' },
  about: null,
  settings: v.parse(userSettings, {}),
  runners: noRunners,
  endpoint: null,
  status: { state: { phase: 'idle' }, endpoint: null, pipelineId: null, stats: noStats },
  timeline: emptyHistory,
  runnerLog: emptyHistory,
  pipelines: [],
  parameters: {},
  builtIn: [],
  models: noModels,
  local: { phase: 'off' },
  localLoaded: null,
  shown: { kind: 'none', since: 0 },
  mix: {
    on: false,
    policy: { prefer: 'local', localBeforeCloud: true, localWhenSilent: false },
    moved: false,
    stuck: false,
  },
  outputWindow: 'closed',
  recording: { phase: 'off' },
  finishing: [],
  source: { phase: 'off', generation: 0 },
  ticket: null,
  cameras: [],
  stream: { phase: 'detached' },
  previewing: false,
  sourceView: 'corner',
  panel: 'pipeline',
  endpointAsked: 0,
  notices: [],
  noticesSoFar: 0,
};
