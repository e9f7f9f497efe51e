import path from 'node:path';
import type { Log } from '../diagnostics/log.ts';
import type { Redactor } from '../diagnostics/redact.ts';
import { endpointUrl } from '../../shared/link/endpoint-url.ts';
import type { ResumeTicket } from '../link/host.ts';
import { resumeFile, secretsFile, settingsFile } from '../settings/defaults.ts';
import type { SettingsDocument } from '../settings/document.ts';
import { keepWithElectronStore } from '../settings/electron-persistence.ts';
import { openDocument } from '../settings/open-document.ts';
import { ResumeKeeper, type ResumeDocument } from '../settings/resume-keeper.ts';
import { safeStorageKeychain } from '../settings/safe-storage-keychain.ts';
import { Secrets, type EncryptedSecrets } from '../settings/secrets.ts';
import { SettingsStore } from '../settings/settings-store.ts';
import { askAboutWeakStorage } from './dialogs.ts';
import type { Notices } from './notices.ts';

/** Opens the settings file, setting one aside that cannot be used. */
export function openSettings(directory: string, notices: Notices, log: Log): SettingsStore {
  const file = path.join(directory, `${settingsFile}.json`);
  const { document, notice } = openDocument(file, new Date());
  if (notice !== null) {
    notices.add(notice);
    log.warn(notice);
  }
  const persistence = keepWithElectronStore<SettingsDocument>(directory, settingsFile);
  return new SettingsStore(document, persistence, (error) => {
    log.error('settings could not be written:', error);
  });
}

/**
 * Opens what keeps the way back to a session.
 *
 * @returns With it the ticket that a crash left; null after an orderly end, and when its address can't be used.
 */
export async function openTickets(
  directory: string,
  redactor: Redactor,
  settings: SettingsStore,
  log: Log,
): Promise<{ tickets: ResumeKeeper; left: ResumeTicket | null }> {
  const persistence = keepWithElectronStore<ResumeDocument>(directory, resumeFile);
  const tickets = new ResumeKeeper({
    keychain: safeStorageKeychain,
    persistence,
    acceptsWeakStorage: () => settings.get('acceptsWeakStorage'),
    know: (secret) => redactor.know(secret),
    failed: () => log.warn('the way back to this session could not be stored'),
  });
  const left = await tickets.load(persistence.read());
  return { tickets, left: left !== null && endpointUrl(left.url).ok ? left : null };
}

/** Opens the store of tokens. Tokens that can no longer be decrypted are told, not thrown away. */
export async function openSecrets(
  directory: string,
  redactor: Redactor,
  settings: SettingsStore,
  notices: Notices,
): Promise<Secrets> {
  const persistence = keepWithElectronStore<EncryptedSecrets>(directory, secretsFile);
  const secrets = new Secrets({
    keychain: safeStorageKeychain,
    persistence,
    know: (secret) => redactor.know(secret),
    acceptsWeakStorage: () => settings.get('acceptsWeakStorage'),
    askAboutWeakStorage: async (protection) => {
      const answer = await askAboutWeakStorage(protection);
      if (answer === 'store') settings.update({ acceptsWeakStorage: true });
      return answer;
    },
  });
  for (const address of await secrets.load(persistence.read()))
    notices.add(`The token for ${address} can no longer be decrypted. Enter it again.`);
  return secrets;
}
