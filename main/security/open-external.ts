import { shell } from 'electron';
import type { Log } from '../diagnostics/log.ts';
import { isAllowedExternal } from './allowed-external.ts';

/** The one door to the system's browser. Refused addresses are logged, not opened. */
export async function openExternal(address: string, log: Log): Promise<void> {
  if (isAllowedExternal(address)) await shell.openExternal(address);
  else log.warn('refused to open outside the app:', address);
}

/** Shows a file of ours in the system's file manager. */
export function showInFolder(file: string): void {
  shell.showItemInFolder(file);
}
