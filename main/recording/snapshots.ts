import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { SavedFile, SnapshotFacts } from '../../shared/ipc/recording-channels.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Appendable } from './chunk-file.ts';
import { diskProblem } from './disk-problem.ts';
import { withTexts } from './png-text.ts';
import { makeFree, stampedName } from './recording-names.ts';
import type { SavedFiles } from './saved-files.ts';
import { exists } from './settle.ts';

export interface SnapshotsOptions {
  folder: () => Promise<string>;
  create: (file: string) => Promise<Appendable>;
  saved: SavedFiles;
  now: () => Date;
  log: Log;
}

/** What a snapshot says about itself, by the keywords of PNG. */
const snapshotTexts = (
  { pipelineId, parameters, shown, source, size }: SnapshotFacts,
  takenAt: Date,
): Record<string, string> => ({
  Title: pipelineId === null ? 'Linkspan' : `Linkspan: ${pipelineId}`,
  Software: 'Linkspan',
  'Creation Time': takenAt.toUTCString(),
  'linkspan:source': JSON.stringify({ ...source, ...size }),
  'linkspan:parameters': JSON.stringify({ pipeline: pipelineId, parameters, shown }),
});

export class Snapshots {
  readonly #options: SnapshotsOptions;

  constructor(options: SnapshotsOptions) {
    this.#options = options;
  }

  /** @returns Why it could not be saved, in a sentence. @throws {RangeError} When it is no PNG. */
  async save(png: Uint8Array, facts: SnapshotFacts): Promise<Result<SavedFile, string>> {
    const { folder, create, saved, now, log } = this.#options;
    const takenAt = now();
    const picture = withTexts(png, snapshotTexts(facts, takenAt));
    try {
      const wanted = path.join(await folder(), stampedName(takenAt));
      const isTaken = (stem: string): Promise<boolean> => exists(`${stem}.png`);
      const { file, handle } = await makeFree(wanted, isTaken, async (stem) => ({
        file: `${stem}.png`,
        handle: await create(`${stem}.png`),
      }));
      try {
        await handle.writeFile(picture);
      } catch (error) {
        // Half a picture is none.
        await rm(file, { force: true });
        throw error;
      } finally {
        await handle.close();
      }
      log.info('snapshot', file);
      return ok(saved.add(file));
    } catch (error) {
      log.error('could not save a snapshot:', error);
      return fail(diskProblem(error));
    }
  }
}
