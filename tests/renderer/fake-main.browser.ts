import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { AppInfo, PushChannel, PushChannels } from '../../shared/ipc/contract.ts';
import { defaultRecovery } from '../../shared/link/recovery-settings.ts';
import { noStats, type LinkStatus } from '../../shared/link/status.ts';
import type { LinkState } from '../../shared/link/state.ts';
import type { RunnerAnswer } from '../../shared/ipc/runner-channels.ts';
import { fail, ok } from '../../shared/result.ts';
import { fakeModels } from './fake-models.browser.ts';
import type { BridgeCall, FakeOptions } from './fake-options.ts';
import { FakePeer } from './fake-peer.browser.ts';

/** What tests see and steer, as `window.fakeMain`. */
export interface FakeMain {
  calls: BridgeCall[];
  peersMade(): number;
  push<Channel extends PushChannel>(channel: Channel, payload: PushChannels[Channel]): void;
  pushState(state: LinkState): void;
  /** All that the page has recorded of this part. */
  recorded(part: string): Promise<number[]>;
}

declare global {
  interface Window {
    fakeOptions: FakeOptions;
    fakeMain: FakeMain;
  }
}

const options = window.fakeOptions;
const endpoint = { name: '127.0.0.1:8443', url: 'ws://127.0.0.1:8443/ws', hasToken: false, offered: true };
const info: AppInfo = {
  version: '0.1.0',
  runtime: 'Chromium in a test',
  packaged: false,
  platform: 'linux',
  logFile: '/home/user/.config/linkspan/logs/main.log',
  settings: {
    source: { kind: 'pattern' },
    // Small: several pages encode and decode at once here, on whatever machine runs the tests.
    frameSize: { width: 256, height: 256 },
    endpoint: null,
    fallbacks: [],
    pipelineId: null,
    keptLocal: null,
    backTo: 'auto',
    route: 'cloud',
    fallback: 'off',
    standIns: {},
    recordSource: false,
    streaming: true,
    theme: 'system',
    recovery: defaultRecovery,
  },
  parameters: {},
  runners: options.info.endpoint === null ? [] : [options.info.endpoint ?? endpoint],
  endpoint,
  status: { state: { phase: 'idle' }, endpoint: null, pipelineId: null, stats: noStats },
  pipelines: [],
  models: { models: [], problems: [] },
  timeline: [],
  runnerLog: [],
  notices: [],
  ...options.info,
};
const listeners: Record<PushChannel, Set<(payload: never) => void>> = {
  'link:status': new Set(),
  'runners:changed': new Set(),
  'link:timeline': new Set(),
  'runner:log': new Set(),
  'pipelines:changed': new Set(),
  'models:changed': new Set(),
  'recording:told': new Set(),
  'app:command': new Set(),
  'app:notice': new Set(),
};
const liveStats = {
  rttMs: 23.4,
  receivedKbps: 2380,
  sentKbps: 2510,
  runnerFpsIn: 30,
  runnerFpsOut: 30,
  runnerFpsRepeated: 0,
  inferenceMs: 8.7,
};
let status: LinkStatus = info.status;
/** Pieces of what the page recorded, by part. */
const recorded: Record<string, Uint8Array<ArrayBuffer>[]> = {};
let started = false;
let connected = false;

const push: FakeMain['push'] = (channel, payload) => {
  for (const listener of listeners[channel]) (listener as (given: typeof payload) => void)(payload);
};

function pushState(state: LinkState): void {
  const stats = state.phase === 'live' || state.phase === 'degraded' ? liveStats : noStats;
  status = { ...status, state, endpoint: info.endpoint, stats };
  push('link:status', status);
}

function advance(): void {
  if (!options.goesLive || !started) return;
  if (connected) pushState({ phase: 'live', since: Date.now(), loading: null });
  else pushState({ phase: 'connecting', stage: 'negotiating', since: Date.now() });
}

const peer = new FakePeer(options.filter, () => {
  connected = true;
  advance();
});
const calls: BridgeCall[] = [];
const note = (method: string, request: unknown = null): void => void calls.push({ method, request });

function listen<Channel extends PushChannel>(channel: Channel) {
  return (listener: (payload: PushChannels[Channel]) => void): (() => void) => {
    listeners[channel].add(listener);
    return () => listeners[channel].delete(listener);
  };
}

/** By address: what main remembers of tests. */
const lastTests = new Map<string, RunnerAnswer>();

const bridge: Bridge = {
  appInfo: () => (options.silent ? Promise.withResolvers<AppInfo>().promise : Promise.resolve(info)),
  patchSettings: async (patch) => {
    note('patchSettings', patch);
    Object.assign(info.settings, patch);
    return info.settings;
  },
  saveRunners: async (request) => {
    note('saveRunners', request);
    if (options.runnersFault) return fail(options.runnersFault);
    info.runners = request.runners.map(({ url, name, token }) => {
      const known = info.runners.find((other) => other.url === url);
      if (known && token !== null) lastTests.delete(url);
      const lastTest = lastTests.get(url);
      const hasToken = token === null ? known?.hasToken === true : token !== '';
      const offered = known?.offered === true && known.name === name;
      return { url, name, hasToken, offered, ...(lastTest && { lastTest }) };
    });
    info.endpoint = info.runners[0] ?? null;
    return ok(info.runners);
  },
  findRunners: async () => {
    note('findRunners');
    return options.foundRunners;
  },
  testEndpoint: async (request) => {
    note('testEndpoint', request);
    const result = options.endpointTest;
    const at = Date.now();
    lastTests.set(
      request.url,
      result.ok
        ? { phase: 'passed', at, rttMs: result.value.rttMs, pipelines: result.value.pipelines.length }
        : { phase: 'refused', at, fault: result.problem },
    );
    return result;
  },
  attachMedia: async ({ sdp }) => {
    note('attachMedia', { sdp });
    return ok({ sdp: await peer.answer(sdp) });
  },
  detachMedia: async () => {
    note('detachMedia');
    connected = false;
    peer.close();
  },
  startLink: async (request) => {
    note('startLink', request);
    started = true;
    status = { ...status, pipelineId: request.pipelineId };
    advance();
    return ok(null);
  },
  stopLink: async () => {
    note('stopLink');
    started = false;
    pushState({ phase: 'idle' });
  },
  retryLink: async () => note('retryLink'),
  networkChanged: async (request) => note('networkChanged', request),
  setParameters: async (request) => note('setParameters', request),
  listPipelines: async () => {
    note('listPipelines');
    return ok(info.pipelines);
  },
  listCaptureSources: async () => options.captureSources,
  chooseCaptureSource: async (request) => note('chooseCaptureSource', request),
  pickFile: async () => options.pickedFile,
  openFile: async (request) => {
    note('openFile', request);
    return options.reopenedFile;
  },
  ...fakeModels(options, info, note, (models) => push('models:changed', models)),
  shownChanged: async (request) => note('shownChanged', request),
  noteTimeline: async (request) => note('noteTimeline', request),
  attendRecordings: async () => note('attendRecordings'),
  beginRecording: async (request) => {
    note('beginRecording', request);
    if (options.recordingProblem !== null) return fail(options.recordingProblem);
    return ok({ id: 'recording-1', name: 'Linkspan 2026-11-25 22.31.05.webm' });
  },
  writeRecording: async ({ part, bytes }) => {
    const pieces = (recorded[part] ??= []);
    pieces.push(bytes);
    note('writeRecording', { part, bytes: bytes.length });
    return ok(pieces.reduce((sum, piece) => sum + piece.length, 0));
  },
  endRecording: async (request) => note('endRecording', request),
  saveSnapshot: async ({ png, facts }) => {
    note('saveSnapshot', { png: [...png], facts });
    return ok({ id: 'snapshot-1', name: 'Linkspan 2026-11-25 22.31.05.png' });
  },
  revealSaved: async (request) => note('revealSaved', request),
  toggleOutputOnTop: async () => {
    note('toggleOutputOnTop', undefined);
    return true;
  },
  writeLog: async (request) => note('writeLog', request),
  pathForFile: (file) => `/videos/${file.name}`,
  onLinkStatus: listen('link:status'),
  onModels: listen('models:changed'),
  onRunners: listen('runners:changed'),
  onTimeline: listen('link:timeline'),
  onRunnerLog: listen('runner:log'),
  onPipelines: listen('pipelines:changed'),
  onRecording: listen('recording:told'),
  onCommand: listen('app:command'),
  onNotice: listen('app:notice'),
};

Object.defineProperty(window, 'bridge', { value: bridge });
const recordedBytes = async (part: string): Promise<number[]> => [
  ...new Uint8Array(await new Blob(recorded[part] ?? []).arrayBuffer()),
];
window.fakeMain = { calls, peersMade: () => peer.made, push, pushState, recorded: recordedBytes };
