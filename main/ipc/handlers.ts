import type { Shown } from '../../shared/bridge/shown.ts';
import type { AppInfo } from '../../shared/ipc/contract.ts';
import type { FoundRunner } from '../../shared/ipc/runner-channels.ts';
import type { LinkService } from '../app/link-service.ts';
import type { Log } from '../diagnostics/log.ts';
import type { ModelDesk } from '../models/model-desk.ts';
import type { StudioFiles } from '../recording/open-studio-files.ts';
import type { CaptureChoice } from '../security/capture-choice.ts';
import { listCaptureSources } from '../security/capture-sources.ts';
import type { UserMedia } from '../security/user-media.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { Handlers } from './door.ts';

export interface HandlerServices {
  link: LinkService;
  settings: SettingsStore;
  media: UserMedia;
  capture: CaptureChoice;
  models: ModelDesk;
  files: StudioFiles;
  log: Log;
  /** What never changes while the app runs. */
  about: Pick<AppInfo, 'version' | 'runtime' | 'packaged' | 'platform' | 'logFile'>;
  /** Told once, then forgotten. */
  takeNotices(): string[];
  pickVideo(): Promise<string | null>;
  findRunners(): Promise<FoundRunner[]>;
  networkChanged(online: boolean): void;
  /** Keeps the output window on top, or no longer; the answer is whether it is now. */
  toggleOutputOnTop(): boolean;
  /** Which picture is on the window's output. */
  shownChanged(shown: Shown): void;
}

/** One answer per channel of the contract; each is a line that hands the request to whom it concerns. */
export function createHandlers(services: HandlerServices): Handlers {
  const { link, settings, media, capture, models, files, log, about } = services;
  return {
    'app:info': async () => ({
      ...about,
      settings: settings.user(),
      parameters: settings.allParameters(),
      runners: link.runners(),
      endpoint: link.endpoint(),
      status: link.status(),
      pipelines: link.pipelines(),
      models: await models.list(),
      ...link.history(),
      notices: services.takeNotices(),
    }),
    'settings:patch': (patch) => link.patchSettings(patch),
    'runners:save': (request) => link.saveRunners(request),
    'runners:find': () => services.findRunners(),
    'endpoint:test': (request) => link.testEndpoint(request),
    'media:attach': ({ sdp }) => link.attachPage(sdp),
    'media:detach': () => link.detachPage(),
    'link:start': (request) => link.start(request),
    'link:stop': () => link.stop(),
    'link:retry': () => link.retry(),
    'network:changed': ({ online }) => services.networkChanged(online),
    'parameters:set': ({ pipelineId, values }) => link.setParameters(pipelineId, values),
    'pipelines:list': () => link.listPipelines(),
    'capture:list': () => listCaptureSources(),
    'capture:choose': ({ id }) => capture.choose(id),
    'file:pick': async () => {
      const file = await services.pickVideo();
      if (file === null) return null;
      settings.rememberFile(file);
      return media.allow(file);
    },
    'file:open': ({ path }) => (settings.knowsFile(path) ? media.allow(path) : null),
    'file:dropped': ({ path }) => settings.rememberFile(path),
    'models:list': () => models.list(),
    'models:open-folder': () => models.openFolder(),
    'models:pick': () => models.pick(),
    'models:stage-dropped': ({ path }) => models.stage(path),
    'models:save': ({ candidate, manifest }) => models.save(candidate, manifest),
    'models:discard': ({ candidate }) => models.discard(candidate),
    'models:remove': ({ id }) => models.remove(id),
    'models:licence': ({ id }) => models.licence(id),
    'output:toggle-on-top': () => services.toggleOutputOnTop(),
    'shown:changed': (shown) => services.shownChanged(shown),
    'timeline:note': (note) => link.note(note),
    'recording:attend': () => files.recordings.attend(),
    'recording:begin': (request) => files.recordings.begin(request),
    'recording:write': ({ id, part, bytes }) => files.recordings.write(id, part, bytes),
    'recording:end': ({ id }) => files.recordings.end(id),
    'snapshot:save': ({ png, facts }) => files.snapshots.save(png, facts),
    'saved:reveal': ({ id }) => files.saved.reveal(id),
    'log:write': ({ level, text }) => log[level]('window:', text),
  };
}
