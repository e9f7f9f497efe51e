/**
 * Updates, by electron-updater: asked for by the user, shown before they are loaded, installed after another
 * question. Only loaded in a package that has a place to update from (S14).
 */
import { app, dialog } from 'electron';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { LinkPhase } from '../../shared/link/state.ts';
import type { Log } from '../diagnostics/log.ts';
import { canUpdate, mayRestart, updaterSettings } from './update-policy.ts';

/** electron-builder writes this file only when it has a `publish` setting. */
export const updatesAreConfigured = (): boolean =>
  canUpdate({
    isPackaged: app.isPackaged,
    hasPublishConfig: existsSync(path.join(process.resourcesPath, 'app-update.yml')),
  });

/** Looks for an update and leads the user through it. Errors are shown, because the user asked. */
export async function checkForUpdates(phase: () => LinkPhase, log: Log): Promise<void> {
  if (!updatesAreConfigured()) return;
  try {
    const { default: updates } = await import('electron-updater');
    const updater = Object.assign(updates.autoUpdater, updaterSettings, { logger: log });
    const found = await updater.checkForUpdates();
    if (found === null || !found.isUpdateAvailable) return await tell('Linkspan is up to date.');
    const { version } = found.updateInfo;
    if (!(await agree(`Linkspan ${version} is available.`, 'Download'))) return;
    await updater.downloadUpdate();
    if (!mayRestart(phase()))
      return await tell('The update is ready. Stop the stream, then check for updates again to install it.');
    if (await agree(`Linkspan ${version} is ready.`, 'Restart and install')) updater.quitAndInstall();
  } catch (error) {
    log.error('updates:', error);
    await tell('Linkspan could not look for updates. The log says why.');
  }
}

async function tell(message: string): Promise<void> {
  await dialog.showMessageBox({ type: 'info', title: 'Linkspan', message, buttons: ['OK'] });
}

async function agree(message: string, button: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Linkspan',
    message,
    buttons: ['Not now', button],
    defaultId: 1,
    cancelId: 0,
  });
  return response === 1;
}
