/**
 * Settings: one document in memory, one JSON file. This folder knows the file, its versions and the store of
 * tokens; it never touches windows, IPC or the link. Whatever is given out or taken in is a copy, so nobody
 * outside can change a setting by keeping an object (A36).
 */
import type { UserSettings, UserSettingsPatch } from '../../shared/settings/schema.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import { knownFilesMax, pipelinesMax, writeDelayMs } from './defaults.ts';
import type { SettingsDocument } from './document.ts';
import type { Persistence } from './persistence.ts';

export class SettingsStore {
  #document: SettingsDocument;
  #timer: NodeJS.Timeout | null = null;
  readonly #persistence: Persistence<SettingsDocument>;
  readonly #writeFailed: (error: unknown) => void;

  /** @param writeFailed Told when a write fails; the change stays in memory and is written with the next one. */
  constructor(
    document: SettingsDocument,
    persistence: Persistence<SettingsDocument>,
    writeFailed: (error: unknown) => void,
  ) {
    this.#document = structuredClone(document);
    this.#persistence = persistence;
    this.#writeFailed = writeFailed;
  }

  user(): UserSettings {
    return structuredClone(this.#document.user);
  }

  patchUser(patch: UserSettingsPatch & Pick<Partial<UserSettings>, 'endpoint' | 'fallbacks'>): UserSettings {
    this.update({ user: { ...this.#document.user, ...patch } });
    return this.user();
  }

  /** Last values of a pipeline, `{}` when there are none. */
  parameters(pipelineId: string): ParameterValues {
    return structuredClone(this.allParameters()[pipelineId] ?? {});
  }

  allParameters(): Record<string, ParameterValues> {
    return structuredClone(this.#document.parameters);
  }

  /** Merges changed values into those of a pipeline; last write wins. */
  mergeParameters(pipelineId: string, values: ParameterValues): void {
    this.replaceParameters(pipelineId, { ...this.parameters(pipelineId), ...values });
  }

  replaceParameters(pipelineId: string, values: ParameterValues): void {
    const others = Object.entries(this.#document.parameters).filter(([id]) => id !== pipelineId);
    const kept = others.slice(-(pipelinesMax - 1));
    this.update({ parameters: Object.fromEntries([...kept, [pipelineId, values]]) });
  }

  /** Remembers a file that the user picked or dropped. */
  rememberFile(file: string): void {
    const others = this.#document.knownFiles.filter((known) => known !== file);
    this.update({ knownFiles: [...others.slice(-(knownFilesMax - 1)), file] });
  }

  knowsFile(file: string): boolean {
    return this.#document.knownFiles.includes(file);
  }

  get<Key extends keyof SettingsDocument>(key: Key): SettingsDocument[Key] {
    return structuredClone(this.#document[key]);
  }

  /** Changes sections; written {@link writeDelayMs} after the first change that is not written yet. */
  update(change: Partial<Omit<SettingsDocument, 'version'>>): void {
    this.#document = { ...this.#document, ...structuredClone(change) };
    this.#timer ??= setTimeout(() => this.#write(), writeDelayMs);
  }

  /** Writes at once what is not written yet. */
  flush(): void {
    if (this.#timer !== null) this.#write();
  }

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    try {
      this.#persistence.write(this.#document);
    } catch (error) {
      this.#writeFailed(error);
    }
  }
}
