import type { Shown } from '../../shared/bridge/shown.ts';
import type { AppCommand, AppInfo } from '../../shared/ipc/contract.ts';
import type { Fault } from '../../shared/link/fault.ts';
import type { RecoverySettings } from '../../shared/link/recovery-settings.ts';
import type { LinkStatus } from '../../shared/link/status.ts';
import type { TimelineEntry } from '../../shared/link/timeline.ts';
import type { FrameSize, SourceChoice, UserSettings } from '../../shared/settings/schema.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import type { PipelineInfo } from '../../shared/wire/pipelines.ts';
import type { Camera } from '../capture/list-cameras.ts';
import type { SourceReport } from '../capture/source-session.ts';
import type { SourceTicket } from '../capture/source-ticket.ts';
import type { LocalModel } from '../engine/local-model.ts';
import type { LocalReport } from '../engine/local-state.ts';
import type { StreamReport } from '../stream/page-stream.ts';
import type { AppEffect } from './app-effect.ts';
import type { Panel, SourceView } from './app-state.ts';
import type { RunnersEvent } from './runners-event.ts';
import type { RecordingEvent } from './reduce-recording.ts';
import type { ModelsEvent } from './models-event.ts';

/** From main. */
type MainEvent =
  | { type: 'booted'; info: AppInfo }
  | { type: 'boot-failed'; detail: string }
  | { type: 'link-status'; status: LinkStatus }
  | { type: 'timeline-told'; entry: TimelineEntry }
  | { type: 'runner-logged'; lines: string[] }
  | { type: 'pipelines-known'; pipelines: PipelineInfo[] }
  | { type: 'notice'; text: string }
  | { type: 'command'; command: AppCommand };

/** Outcomes of effects. */
type OutcomeEvent =
  /** Main did not do what was asked of it: a programming error there or a refused argument, not the user's. */
  | { type: 'effect-failed'; effect: AppEffect; detail: string }
  | { type: 'source-reported'; report: SourceReport }
  | { type: 'cameras-listed'; cameras: Camera[] }
  | { type: 'stream-reported'; report: StreamReport }
  | { type: 'link-refused'; fault: Fault }
  | { type: 'output-window-reported'; open: boolean }
  /** What the page was built with; told before anything else. */
  | { type: 'built-in-known'; models: readonly LocalModel[] }
  | { type: 'shown-changed'; shown: Shown; gapMs: number | null }
  | { type: 'local-reported'; report: LocalReport };

/** From the user. */
type UserEvent =
  | { type: 'start' }
  | { type: 'stop' }
  | { type: 'retry' }
  | { type: 'route-chosen'; route: UserSettings['route'] }
  /** Between the local route and the one before it. */
  | { type: 'route-switched' }
  | { type: 'fallback-chosen'; fallback: UserSettings['fallback'] }
  /** For the chosen pipeline, which this computer does not have. */
  | { type: 'stand-in-chosen'; pipelineId: string }
  /** For a model that could not run. */
  | { type: 'local-retried' }
  | { type: 'source-chosen'; choice: SourceChoice; ticket: SourceTicket | null }
  | { type: 'output-window-toggled' }
  | { type: 'size-chosen'; size: FrameSize }
  | { type: 'preview-toggled' }
  | { type: 'source-view-chosen'; view: SourceView }
  | { type: 'panel-chosen'; panel: Panel }
  | { type: 'theme-chosen'; theme: UserSettings['theme'] }
  | { type: 'pipeline-chosen'; pipelineId: string }
  | { type: 'parameters-changed'; values: ParameterValues }
  /** Back to the pipeline's default; null resets all. */
  | { type: 'parameters-reset'; name: string | null }
  | { type: 'recovery-chosen'; recovery: RecoverySettings }
  | { type: 'endpoint-wanted' }
  | { type: 'notice-dismissed'; id: number };

export type AppEvent = MainEvent | OutcomeEvent | UserEvent | RunnersEvent | ModelsEvent | RecordingEvent;
