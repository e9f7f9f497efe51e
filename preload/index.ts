/**
 * The only code that runs between page and main: named methods, and nothing of Electron's own. It imports
 * Electron and types; values stay out, so that the sandbox has nothing else to load.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '../shared/ipc/bridge.ts';
import type {
  AnswerOf,
  InvokeChannel,
  PushChannel,
  PushChannels,
  RequestOf,
} from '../shared/ipc/contract.ts';

const invoke = <Channel extends InvokeChannel>(
  channel: Channel,
  ...request: RequestOf<Channel> extends undefined ? [] : [RequestOf<Channel>]
): Promise<AnswerOf<Channel>> => ipcRenderer.invoke(channel, ...request);

/** Calls whose answer says nothing. */
const order = async <Channel extends InvokeChannel>(
  channel: Channel,
  ...request: RequestOf<Channel> extends undefined ? [] : [RequestOf<Channel>]
): Promise<void> => {
  await ipcRenderer.invoke(channel, ...request);
};

/** @returns Ends the subscription. */
const listen =
  <Channel extends PushChannel>(channel: Channel) =>
  (listener: (payload: PushChannels[Channel]) => void): (() => void) => {
    // Electron's event object stays here: it would give the page a way to send.
    const forward = (_event: unknown, payload: PushChannels[Channel]): void => listener(payload);
    ipcRenderer.on(channel, forward);
    return () => void ipcRenderer.off(channel, forward);
  };

/** Main lets a file be opened because it was dropped; the page cannot claim that of a path it made up. */
function pathForFile(file: File): string {
  const path = webUtils.getPathForFile(file);
  if (path !== '') void order('file:dropped', { path });
  return path;
}

/** As above: the path is the system's word, not the page's. */
async function stageModel(file: File): Promise<AnswerOf<'models:stage-dropped'>> {
  const path = webUtils.getPathForFile(file);
  if (path !== '') return invoke('models:stage-dropped', { path });
  return { ok: false, problem: `“${file.name}” has no place on this computer. Save it first, then add it.` };
}

const bridge: Bridge = {
  appInfo: () => invoke('app:info'),
  patchSettings: (patch) => invoke('settings:patch', patch),
  saveRunners: (request) => invoke('runners:save', request),
  findRunners: () => invoke('runners:find'),
  testEndpoint: (request) => invoke('endpoint:test', request),
  attachMedia: (request) => invoke('media:attach', request),
  detachMedia: () => order('media:detach'),
  startLink: (request) => invoke('link:start', request),
  stopLink: () => order('link:stop'),
  retryLink: () => order('link:retry'),
  networkChanged: (request) => order('network:changed', request),
  setParameters: (request) => order('parameters:set', request),
  listPipelines: () => invoke('pipelines:list'),
  listCaptureSources: () => invoke('capture:list'),
  chooseCaptureSource: (request) => order('capture:choose', request),
  pickFile: () => invoke('file:pick'),
  openFile: (request) => invoke('file:open', request),
  listModels: () => invoke('models:list'),
  openModelsFolder: () => order('models:open-folder'),
  pickModel: () => invoke('models:pick'),
  stageModel,
  saveModel: (request) => invoke('models:save', request),
  discardModel: (request) => order('models:discard', request),
  removeModel: (request) => invoke('models:remove', request),
  modelLicence: (request) => invoke('models:licence', request),
  shownChanged: (request) => order('shown:changed', request),
  noteTimeline: (request) => order('timeline:note', request),
  attendRecordings: () => order('recording:attend'),
  beginRecording: (request) => invoke('recording:begin', request),
  writeRecording: (request) => invoke('recording:write', request),
  endRecording: (request) => order('recording:end', request),
  saveSnapshot: (request) => invoke('snapshot:save', request),
  revealSaved: (request) => order('saved:reveal', request),
  toggleOutputOnTop: () => invoke('output:toggle-on-top'),
  writeLog: (request) => order('log:write', request),
  pathForFile,
  onLinkStatus: listen('link:status'),
  onTimeline: listen('link:timeline'),
  onRunnerLog: listen('runner:log'),
  onPipelines: listen('pipelines:changed'),
  onModels: listen('models:changed'),
  onRunners: listen('runners:changed'),
  onRecording: listen('recording:told'),
  onCommand: listen('app:command'),
  onNotice: listen('app:notice'),
};

contextBridge.exposeInMainWorld('bridge', bridge);
