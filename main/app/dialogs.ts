import { dialog } from 'electron';
import type { EndpointChoice } from '../../shared/settings/schema.ts';
import { videoExtensions } from '../security/media-types.ts';
import type { Protection } from '../settings/keychain.ts';
import type { WeakStorageAnswer } from '../settings/secrets.ts';
import type { Arrival } from './arrival.ts';

/** Asks before a token is stored where the system does not protect it (S10). The careful answer is the default. */
export async function askAboutWeakStorage(
  protection: Exclude<Protection, 'protected'>,
): Promise<WeakStorageAnswer> {
  const canStore = protection === 'weak';
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Linkspan',
    message: 'This system offers no keyring to keep the token safe.',
    detail: canStore
      ? 'Stored anyway, the token can be read by every program that runs as you. Install and unlock a keyring ' +
        '(GNOME Keyring or KWallet) to have it encrypted.'
      : 'The token can only be kept until Linkspan quits.',
    buttons: ['Keep it until Linkspan quits', 'Cancel', ...(canStore ? ['Store it anyway'] : [])],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  const answers: readonly WeakStorageAnswer[] = ['this-session', 'cancel', 'store'];
  return answers[response] ?? 'cancel';
}

/** Asks whether an endpoint that a link or a file proposes is wanted (S11). No is the default. */
export async function confirmEndpoint(
  { name, url }: EndpointChoice,
  origin: Arrival['kind'],
): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Linkspan',
    message: 'Use this runner?',
    detail:
      `A ${origin} asks Linkspan to connect to:\n\n${url}\n(“${name}”)\n\n` +
      'Your picture will be sent there. Go on only if you trust it.',
    buttons: ['Cancel', 'Use this runner'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

/** Tells why an opened `.linkspan` file changes nothing. */
export async function refuseEndpointFile(reason: string): Promise<void> {
  await dialog.showMessageBox({
    type: 'error',
    title: 'Linkspan',
    message: 'This file cannot be used.',
    detail: `${reason}\n\nNothing was changed.`,
    buttons: ['OK'],
    noLink: true,
  });
}

/** @returns Absolute path of the video the user picked; null when they changed their mind. */
export async function pickVideo(): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title: 'Open a video',
    properties: ['openFile'],
    filters: [{ name: 'Videos', extensions: videoExtensions }],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** @returns Absolute path of the model the user picked; null when they changed their mind. */
export async function pickModel(): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title: 'Add a model',
    properties: ['openFile'],
    filters: [{ name: 'ONNX models', extensions: ['onnx'] }],
  });
  return canceled ? null : (filePaths[0] ?? null);
}
