import path from 'node:path';
import type { Log } from '../diagnostics/log.ts';
import type { Push } from '../ipc/push.ts';
import { ModelDesk } from '../models/model-desk.ts';
import { ModelStore } from '../models/model-store.ts';
import { openFolder } from '../security/open-external.ts';
import type { UserModelFiles } from '../security/user-models.ts';
import { pickModel } from './dialogs.ts';

/** The user's own models, in a folder of their profile. */
export async function openModels(
  userData: string,
  files: UserModelFiles,
  push: Push,
  log: Log,
): Promise<ModelDesk> {
  const desk = new ModelDesk({
    store: new ModelStore(path.join(userData, 'models')),
    files,
    pick: pickModel,
    openFolder: (folder) => openFolder(folder, log),
    changed: (models) => push('models:changed', models),
    warn: (text) => log.warn(text),
  });
  await desk.begin();
  return desk;
}
