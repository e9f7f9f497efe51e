import path from 'node:path';

/** Where the built app lies. Everything is found from main's own bundle, which works in an archive too. */
export interface AppPaths {
  renderer: string;
  preload: string;
  trayIcons: string;
  windowIcon: string;
  /** The thread that makes recordings seekable. */
  recordingWorker: string;
}

/** @param mainFolder Folder of main's bundle, `out/main`. */
export const appPaths = (mainFolder: string): AppPaths => ({
  renderer: path.join(mainFolder, '../renderer'),
  preload: path.join(mainFolder, '../preload/index.cjs'),
  trayIcons: path.join(mainFolder, 'tray'),
  windowIcon: path.join(mainFolder, 'icon.png'),
  recordingWorker: path.join(mainFolder, 'finish-recording.js'),
});
