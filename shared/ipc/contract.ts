import * as v from 'valibot';
import { bridgeChannels } from './bridge-channels.ts';
import { channel } from './channel.ts';
import { runnerChannels, type Runner } from './runner-channels.ts';
import { outputChannels } from './output-channels.ts';
import { modelChannels, type UserModels } from './model-channels.ts';
import { recordingChannels, type RecordingNews } from './recording-channels.ts';
import type { Fault } from '../link/fault.ts';
import type { LinkStatus } from '../link/status.ts';
import type { TimelineEntry } from '../link/timeline.ts';
import type { Result } from '../result.ts';
import { userSettingsPatch, type UserSettings } from '../settings/schema.ts';
import { parameterValues, type ParameterValues } from '../wire/parameters.ts';
import type { PipelineInfo } from '../wire/pipelines.ts';

const nothing = v.undefined();
const sdp = v.pipe(v.string(), v.minLength(1), v.maxLength(256 * 1024));
const token = v.pipe(v.string(), v.maxLength(4096));
const pipelineId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/** What the window learns at start. */
export interface AppInfo {
  version: string;
  /** `Electron 45.4.1`, or `stand-in for Electron 45.4.1 (Chromium 156.0.8078.79)`. */
  runtime: string;
  packaged: boolean;
  platform: string;
  logFile: string;
  settings: UserSettings;
  /** Last parameters by pipeline id. */
  parameters: Record<string, ParameterValues>;
  /** The user's runners, in the order in which they are gone to. */
  runners: Runner[];
  /** The endpoint in force: the first of them. */
  endpoint: Runner | null;
  status: LinkStatus;
  /** The pipelines that the endpoint's runner offered last; empty before the first connection. */
  pipelines: PipelineInfo[];
  /** The user's own models. */
  models: UserModels;
  /** The link's history so far and the runner's last lines, for a window that was loaded anew. The newest last. */
  timeline: TimelineEntry[];
  runnerLog: string[];
  /** Things to tell the user once, such as a settings file that was set aside. */
  notices: string[];
}

/** Outcome of "Test connection". */
export interface EndpointReport {
  rttMs: number;
  pipelines: PipelineInfo[];
  capabilities: string[];
}

export interface CaptureSource {
  id: string;
  name: string;
  kind: 'screen' | 'window';
  /** `data:image/png` thumbnail. */
  thumbnail: string;
}

/** A video file the user picked, readable by the window at `url`. */
export interface OpenedFile {
  path: string;
  name: string;
  url: string;
}

/**
 * Everything that crosses between window and main: each channel with the schema of its arguments and the
 * type of its answer. `main/ipc` answers, `preload` forwards, `renderer/bridge.ts` calls; nothing else
 * knows a channel's name.
 */
export const invokeChannels = {
  ...bridgeChannels,
  ...runnerChannels,
  ...recordingChannels,
  ...runnerChannels,
  ...modelChannels,
  ...outputChannels,
  'app:info': channel<AppInfo>()(nothing),
  'settings:patch': channel<UserSettings>()(userSettingsPatch),
  /** `token` null: the one that is stored for the address. */
  'endpoint:test': channel<Result<EndpointReport, Fault>>()(
    v.strictObject({ url: v.pipe(v.string(), v.maxLength(2048)), token: v.nullable(token) }),
  ),
  /** The window's peer connection: its offer in, main's answer out. It outlives every runner. */
  'media:attach': channel<Result<{ sdp: string }, Fault>>()(v.strictObject({ sdp })),
  'media:detach': channel<void>()(nothing),
  /** Starts the link, or moves a started one to another pipeline without dropping the connection. */
  'link:start': channel<Result<null, Fault>>()(v.strictObject({ pipelineId, parameters: parameterValues })),
  'link:stop': channel<void>()(nothing),
  'link:retry': channel<void>()(nothing),
  /** The window's `online` and `offline` events: main has none of its own. */
  'network:changed': channel<void>()(v.strictObject({ online: v.boolean() })),
  /** Changed parameters: stored per pipeline, and sent to the runner when it runs that pipeline. */
  'parameters:set': channel<void>()(v.strictObject({ pipelineId, values: parameterValues })),
  /** Asks the endpoint's runner for its pipelines. */
  'pipelines:list': channel<Result<PipelineInfo[], Fault>>()(nothing),
  'capture:list': channel<CaptureSource[]>()(nothing),
  /** Decides what the next `getDisplayMedia` of the window captures. */
  'capture:choose': channel<void>()(v.strictObject({ id: v.pipe(v.string(), v.maxLength(256)) })),
  /** The system's open dialog; null when cancelled. */
  'file:pick': channel<OpenedFile | null>()(nothing),
  /** Opens a file again that the user picked or dropped before; null when it is gone or no video. */
  'file:open': channel<OpenedFile | null>()(v.strictObject({ path: v.pipe(v.string(), v.maxLength(4096)) })),
  /**
   * The path of a file that was dropped on the window. Only the preload script calls it, with what the system
   * gave: a page cannot make a file known by naming its path.
   */
  'file:dropped': channel<void>()(
    v.strictObject({ path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)) }),
  ),
  'log:write': channel<void>()(
    v.strictObject({
      level: v.picklist(['info', 'warn', 'error']),
      text: v.pipe(v.string(), v.maxLength(4000)),
    }),
  ),
} as const;

/** What main pushes; nobody polls. */
export interface PushChannels {
  'link:status': LinkStatus;
  'link:timeline': TimelineEntry;
  /** Lines of the runner's own log. */
  'runner:log': string[];
  'pipelines:changed': PipelineInfo[];
  /** The user's own models, as they are now. */
  'models:changed': UserModels;
  /** The list was changed by something other than the window, such as a confirmed link. */
  'runners:changed': Runner[];
  'recording:told': RecordingNews;
  /** From menu, tray or shortcut. */
  'app:command': AppCommand;
  /** Something to tell the user, in a sentence. */
  'app:notice': string;
}

export type AppCommand =
  | 'start'
  | 'stop'
  | 'retry'
  | 'fullscreen'
  | 'output-window'
  | 'focus-endpoint'
  | 'switch-route'
  | 'record'
  | 'snapshot';

export type InvokeChannel = keyof typeof invokeChannels;
export type PushChannel = keyof PushChannels;
export type RequestOf<C extends InvokeChannel> = v.InferInput<(typeof invokeChannels)[C]['request']>;
export type ParsedRequestOf<C extends InvokeChannel> = v.InferOutput<(typeof invokeChannels)[C]['request']>;
export type AnswerOf<C extends InvokeChannel> = Exclude<(typeof invokeChannels)[C]['answer'], undefined>;
