import { shell } from 'electron';
import type { Log } from '../diagnostics/log.ts';
import { isAllowedExternal } from './allowed-external.ts';

/** The one door to the system's browser. Refused addresses are logged, not opened. */
export async function openExternal(address: string, log: Log): Promise<void> {
  if (isAllowedExternal(address)) await shell.openExternal(address);
  else log.warn('refused to open outside the app:', address);
}

/** Opens a folder of ours in the system's file manager. */
export async function openFolder(folder: string, log: Log): Promise<void> {
  const problem = await shell.openPath(folder);
  if (problem !== '') log.warn('a folder could not be shown:', problem);
}

/** Shows a file of ours in the system's file manager. */
export function showInFolder(file: string): void {
  shell.showItemInFolder(file);
}
