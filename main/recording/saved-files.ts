import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { SavedFile } from '../../shared/ipc/recording-channels.ts';

/** The files that this run has saved: the page names one by its id and learns no path, so that it can't make one up. */
export class SavedFiles {
  readonly #files = new Map<string, string>();
  readonly #show: (file: string) => void;

  /** @param show Shows a file in the system's file manager. */
  constructor(show: (file: string) => void) {
    this.#show = show;
  }

  add(file: string): SavedFile {
    const id = randomUUID();
    this.#files.set(id, file);
    return { id, name: path.basename(file) };
  }

  /** Nothing for an id that is not known. */
  reveal(id: string): void {
    const file = this.#files.get(id);
    if (file !== undefined) this.#show(file);
  }
}
