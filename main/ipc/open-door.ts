import { ipcMain } from 'electron';
import type { Log } from '../diagnostics/log.ts';
import { Door, type Handlers } from './door.ts';

/** electron-store answers any frame that asks for the data folder; nobody of ours does. */
const libraryChannel = 'electron-store-get-data';

/** Answers the window, and closes what a library has opened beside the door. */
export function openDoor(handlers: Handlers, log: Log): void {
  ipcMain.removeAllListeners(libraryChannel);
  new Door(ipcMain, log).answerAll(handlers);
}
