import type { AnswerOf, PushChannels, RequestOf } from './contract.ts';

/** What the preload script exposes as `window.bridge`: named methods, never `ipcRenderer` itself. */
export interface Bridge {
  appInfo(): Promise<AnswerOf<'app:info'>>;
  patchSettings(patch: RequestOf<'settings:patch'>): Promise<AnswerOf<'settings:patch'>>;
  saveRunners(request: RequestOf<'runners:save'>): Promise<AnswerOf<'runners:save'>>;
  findRunners(): Promise<AnswerOf<'runners:find'>>;
  testEndpoint(request: RequestOf<'endpoint:test'>): Promise<AnswerOf<'endpoint:test'>>;
  attachMedia(request: RequestOf<'media:attach'>): Promise<AnswerOf<'media:attach'>>;
  detachMedia(): Promise<void>;
  startLink(request: RequestOf<'link:start'>): Promise<AnswerOf<'link:start'>>;
  stopLink(): Promise<void>;
  retryLink(): Promise<void>;
  networkChanged(request: RequestOf<'network:changed'>): Promise<void>;
  setParameters(request: RequestOf<'parameters:set'>): Promise<void>;
  listPipelines(): Promise<AnswerOf<'pipelines:list'>>;
  listCaptureSources(): Promise<AnswerOf<'capture:list'>>;
  chooseCaptureSource(request: RequestOf<'capture:choose'>): Promise<void>;
  pickFile(): Promise<AnswerOf<'file:pick'> | null>;
  openFile(request: RequestOf<'file:open'>): Promise<AnswerOf<'file:open'> | null>;
  listModels(): Promise<AnswerOf<'models:list'>>;
  openModelsFolder(): Promise<void>;
  pickModel(): Promise<AnswerOf<'models:pick'> | null>;
  /** A file that was dropped on the window; one that the page made up has no path and is refused. */
  stageModel(file: File): Promise<AnswerOf<'models:stage-dropped'>>;
  saveModel(request: RequestOf<'models:save'>): Promise<AnswerOf<'models:save'>>;
  discardModel(request: RequestOf<'models:discard'>): Promise<void>;
  removeModel(request: RequestOf<'models:remove'>): Promise<AnswerOf<'models:remove'>>;
  modelLicence(request: RequestOf<'models:licence'>): Promise<string | null>;
  shownChanged(request: RequestOf<'shown:changed'>): Promise<void>;
  noteTimeline(request: RequestOf<'timeline:note'>): Promise<void>;
  attendRecordings(): Promise<void>;
  beginRecording(request: RequestOf<'recording:begin'>): Promise<AnswerOf<'recording:begin'>>;
  writeRecording(request: RequestOf<'recording:write'>): Promise<AnswerOf<'recording:write'>>;
  endRecording(request: RequestOf<'recording:end'>): Promise<void>;
  saveSnapshot(request: RequestOf<'snapshot:save'>): Promise<AnswerOf<'snapshot:save'>>;
  revealSaved(request: RequestOf<'saved:reveal'>): Promise<void>;
  toggleOutputOnTop(): Promise<boolean>;
  writeLog(request: RequestOf<'log:write'>): Promise<void>;
  /** The path of a dropped file, '' when it has none. `openFile` accepts it from then on. */
  pathForFile(file: File): string;
  onLinkStatus(listener: (status: PushChannels['link:status']) => void): () => void;
  onTimeline(listener: (entry: PushChannels['link:timeline']) => void): () => void;
  onRunnerLog(listener: (lines: PushChannels['runner:log']) => void): () => void;
  onPipelines(listener: (pipelines: PushChannels['pipelines:changed']) => void): () => void;
  onModels(listener: (models: PushChannels['models:changed']) => void): () => void;
  onRunners(listener: (runners: PushChannels['runners:changed']) => void): () => void;
  onRecording(listener: (news: PushChannels['recording:told']) => void): () => void;
  onCommand(listener: (command: PushChannels['app:command']) => void): () => void;
  onNotice(listener: (notice: PushChannels['app:notice']) => void): () => void;
}
