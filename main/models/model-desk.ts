import path from 'node:path';
import type { ModelCandidate, UserModels } from '../../shared/ipc/model-channels.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { UserModelFiles } from '../security/user-models.ts';
import type { ModelStore } from './model-store.ts';
import type { Staged } from './staging.ts';

export interface ModelDeskOptions {
  store: ModelStore;
  files: UserModelFiles;
  /** The system's open dialog; null when cancelled. */
  pick(): Promise<string | null>;
  openFolder(folder: string): Promise<void>;
  changed(models: UserModels): void;
  warn(text: string): void;
}

/** What the window may ask about the user's own models. It is handed manifests and addresses, never a path. */
export class ModelDesk {
  readonly #options: ModelDeskOptions;
  #known = '';

  constructor(options: ModelDeskOptions) {
    this.#options = options;
  }

  /** Before the window asks for anything. */
  async begin(): Promise<void> {
    try {
      await this.#options.store.staging.clean();
    } catch (error) {
      // It takes up room and does no harm; the app must start.
      this.#options.warn(`what an earlier run left of models cannot be removed: ${String(error)}`);
    }
  }

  /** Looks at the folder again; what has changed since is told to the window. */
  async list(): Promise<UserModels> {
    const { store, files } = this.#options;
    const { models, problems } = await store.list();
    const told = {
      models: models.map(({ folder, manifest, hasLicence }) => ({
        id: manifest.id,
        manifest: JSON.stringify(manifest),
        url: files.allow(path.join(folder, manifest.file)),
        hasLicence,
      })),
      problems,
    };
    const known = JSON.stringify(told);
    if (this.#known !== known) {
      for (const { folder, problem } of problems) this.#options.warn(`model folder ${folder}: ${problem}`);
      if (this.#known !== '') this.#options.changed(told);
      this.#known = known;
    }
    return told;
  }

  async pick(): Promise<Result<ModelCandidate, string> | null> {
    const file = await this.#options.pick();
    return file === null ? null : this.stage(file);
  }

  async stage(file: string): Promise<Result<ModelCandidate, string>> {
    const staged = await this.#options.store.staging.stage(file);
    return staged.ok ? ok(this.#told(staged.value)) : staged;
  }

  async save(candidate: string, manifest: string): Promise<Result<{ id: string }, string>> {
    const { store, files } = this.#options;
    const staged = store.staging.get(candidate);
    const saved = await store.save(candidate, manifest);
    if (!saved.ok) return saved;
    if (staged !== null) files.forbid(modelFile(staged));
    await this.list();
    return ok({ id: saved.value });
  }

  async discard(candidate: string): Promise<void> {
    const { store, files } = this.#options;
    const staged = store.staging.get(candidate);
    if (staged !== null) files.forbid(modelFile(staged));
    await store.staging.discard(candidate);
  }

  async remove(id: string): Promise<Result<null, string>> {
    const { store, files } = this.#options;
    const found = await store.find(id);
    if (found !== null) files.forbid(path.join(found.folder, found.manifest.file));
    const removed = await store.remove(id);
    await this.list();
    return removed;
  }

  licence(id: string): Promise<string | null> {
    return this.#options.store.licence(id);
  }

  async openFolder(): Promise<void> {
    const { store } = this.#options;
    await store.make();
    await this.#options.openFolder(store.root);
  }

  #told(staged: Staged): ModelCandidate {
    const { id, name, bytes, opset, manifest } = staged;
    const url = this.#options.files.allow(modelFile(staged));
    return { id, name, url, bytes, opset, manifest: manifest && JSON.stringify(manifest) };
  }
}

const modelFile = ({ folder }: Staged): string => path.join(folder, 'model.onnx');
