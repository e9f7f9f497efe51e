import path from 'node:path';
import type { RecordingNews } from '../../shared/ipc/recording-channels.ts';
import type { Log } from '../diagnostics/log.ts';
import { createFile } from './chunk-file.ts';
import { finishInWorker } from './finish-in-worker.ts';
import { Journal } from './journal.ts';
import { Recordings } from './recordings.ts';
import { SavedFiles } from './saved-files.ts';
import { Snapshots } from './snapshots.ts';
import { usableFolder } from './usable-folder.ts';

export interface StudioFilesOptions {
  /** The system's folders for videos and pictures. */
  videos: string;
  pictures: string;
  userData: string;
  /** The built `finish-worker.ts`. */
  workerFile: string;
  show: (file: string) => void;
  tell: (news: RecordingNews) => void;
  log: Log;
}

export interface StudioFiles {
  recordings: Recordings;
  snapshots: Snapshots;
  saved: SavedFiles;
}

/** Where recordings and snapshots go: a folder of ours in the system's own, or with the settings if that can't be used. */
export function openStudioFiles(options: StudioFilesOptions): StudioFiles {
  const { videos, pictures, userData, workerFile, show, tell, log } = options;
  const folderOf = (preferred: string, fallback: string) => () =>
    usableFolder(path.join(preferred, 'Linkspan'), path.join(userData, fallback), (error) =>
      log.warn(`${preferred} cannot be used:`, error),
    );
  const saved = new SavedFiles(show);
  const common = { create: createFile, saved, now: () => new Date(), log };
  const journal = new Journal(path.join(userData, 'recordings.json'), (error) =>
    log.error('the list of recordings could not be read:', error),
  );
  const folder = folderOf(videos, 'Recordings');
  return {
    saved,
    recordings: new Recordings({ ...common, folder, journal, finish: finishInWorker(workerFile), tell }),
    snapshots: new Snapshots({ ...common, folder: folderOf(pictures, 'Snapshots') }),
  };
}
