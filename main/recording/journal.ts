import * as v from 'valibot';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

const journalFile = v.strictObject({
  version: v.literal(1),
  /** Absolute stems (paths without their ends), the oldest first. */
  open: v.array(v.pipe(v.string(), v.minLength(1))),
});

/**
 * The recordings that are not finished, on disk: so that the next start finds those of a run that was cut short, and
 * touches no file that is not ours, whatever it is called.
 */
export class Journal {
  readonly #file: string;
  #open: readonly string[];

  /** @param onDamage Told when the file could not be read; then nothing is known of earlier runs. */
  constructor(file: string, onDamage: (error: unknown) => void) {
    this.#file = file;
    this.#open = read(file, onDamage);
  }

  get open(): readonly string[] {
    return this.#open;
  }

  /** @throws When it cannot be written: what is not in here could not be found again. */
  add(stem: string): void {
    this.#write([...this.#open, stem]);
  }

  /** @throws When it cannot be written. */
  remove(stem: string): void {
    this.#write(this.#open.filter((other) => other !== stem));
  }

  /** By a second file, which is on the disk first: a crash or a power cut leaves the old list or the new one. */
  #write(open: readonly string[]): void {
    const next = `${this.#file}.new`;
    writeFileSync(next, JSON.stringify({ version: 1, open }), { mode: 0o600, flush: true });
    renameSync(next, this.#file);
    this.#open = open;
  }
}

function read(file: string, onDamage: (error: unknown) => void): readonly string[] {
  try {
    return v.parse(journalFile, JSON.parse(readFileSync(file, 'utf8'))).open;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) onDamage(error);
    return [];
  }
}
