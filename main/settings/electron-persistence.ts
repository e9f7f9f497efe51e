import ElectronStore from 'electron-store';
import type { Persistence } from './persistence.ts';

/**
 * A JSON file kept by electron-store: written to a temporary file and renamed, readable by its owner alone.
 * Its own schema, defaults and migrations stay unused: ours have run before it opens the file.
 *
 * @param name File name without `.json`.
 */
export function keepWithElectronStore<Document extends Record<string, unknown>>(
  directory: string,
  name: string,
): Persistence<Document> & { read(): unknown } {
  const store = new ElectronStore<Record<string, unknown>>({
    cwd: directory,
    name,
    accessPropertiesByDotNotation: false,
    clearInvalidConfig: false,
    configFileMode: 0o600,
  });
  return {
    read: () => store.store,
    write: (document) => {
      store.store = document;
    },
  };
}
