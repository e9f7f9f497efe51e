/**
 * Recordings: written as they come from the page, found again after a crash, made seekable once they have ended. The
 * page says when; this folder alone says where. Imports `shared`, the container library and node:*; never the window.
 */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { RecordedPart, RecordingNews, SavedFile } from '../../shared/ipc/recording-channels.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Log } from '../diagnostics/log.ts';
import { ChunkFile, type Appendable } from './chunk-file.ts';
import { lastPieceMaxMs } from './defaults.ts';
import { diskProblem } from './disk-problem.ts';
import type { Finish } from './finish-in-worker.ts';
import type { Journal } from './journal.ts';
import { freeStem, stampedName, whenDone, whileRecorded } from './recording-names.ts';
import type { SavedFiles } from './saved-files.ts';
import { exists, settle } from './settle.ts';

export interface RecordingsOptions {
  /** Where new ones go. May fail. */
  folder: () => Promise<string>;
  /** Makes a file that is not there yet. */
  create: (file: string) => Promise<Appendable>;
  journal: Journal;
  finish: Finish;
  saved: SavedFiles;
  now: () => Date;
  tell: (news: RecordingNews) => void;
  log: Log;
}

interface Part {
  part: RecordedPart;
  stem: string;
  file: ChunkFile;
}

interface Running {
  parts: readonly Part[];
  ended: PromiseWithResolvers<void>;
}

export class Recordings {
  readonly #options: RecordingsOptions;
  readonly #running = new Map<string, Running>();
  readonly #finishing = new Set<Promise<void>>();
  /** What an earlier run did not finish. */
  readonly #left: readonly string[];
  /** News for a page that is not there yet; null while there is one. */
  #untold: RecordingNews[] | null = [];

  constructor(options: RecordingsOptions) {
    this.#options = options;
    this.#left = options.journal.open;
  }

  /** A page is there. What the one before was recording ends: nobody is left who could. */
  async attend(): Promise<void> {
    await this.#endAll();
    const untold = this.#untold ?? [];
    this.#untold = null;
    for (const news of untold) this.#options.tell(news);
  }

  /** There is no page any more, and none will come by itself. */
  async pageGone(): Promise<void> {
    this.#untold ??= [];
    await this.#endAll();
  }

  async begin({ source }: { source: boolean }): Promise<Result<SavedFile, string>> {
    const { folder, now, log } = this.#options;
    try {
      const wanted = path.join(await folder(), stampedName(now()));
      const stem = await freeStem(wanted, isTaken);
      const id = randomUUID();
      const parts = await this.#open(source ? { output: stem, source: sourceStem(stem) } : { output: stem });
      this.#running.set(id, { parts, ended: Promise.withResolvers() });
      log.info(`recording ${stem}`, source ? 'with its source' : '');
      return ok({ id, name: path.basename(whenDone(stem)) });
    } catch (error) {
      log.error('could not begin a recording:', error);
      return fail(diskProblem(error));
    }
  }

  async write(id: string, part: RecordedPart, bytes: Uint8Array): Promise<Result<number, string>> {
    const file = this.#running.get(id)?.parts.find((each) => each.part === part)?.file;
    if (!file) return fail('The recording has ended.');
    const written = await file.write(bytes);
    if (!written.ok && this.#running.has(id)) {
      this.#options.log.error(`recording ${id} ends:`, written.problem);
      this.#tell({ type: 'broken', id, problem: written.problem });
      await this.end(id);
    }
    return written;
  }

  /** Nothing for one that has ended. Resolves once its files are closed; finishing them goes on. */
  async end(id: string): Promise<void> {
    const running = this.#running.get(id);
    if (!running) return;
    this.#running.delete(id);
    const closed = await Promise.all(running.parts.map(({ file }) => file.close()));
    for (const problem of closed) if (problem !== null) this.#options.log.error(`recording ${id}:`, problem);
    const stems = running.parts.map(({ stem }) => stem);
    this.#inBackground(this.#finish(id, stems, false));
    running.ended.resolve();
  }

  /** Finishes what an earlier run left, one after the other, and tells of each. Call once. */
  finishLeftOver(): void {
    for (const stem of this.#left) this.#inBackground(this.#finish(stem, [stem], true));
  }

  /** Ends everything in order. What cannot be finished before the process ends is finished at the next start. */
  async shutDown(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, lastPieceMaxMs);
    });
    for (const id of this.#running.keys()) this.#tell({ type: 'end-wanted', id });
    await Promise.race([Promise.all([...this.#running.values()].map(({ ended }) => ended.promise)), tooLate]);
    clearTimeout(timer);
    await this.#endAll();
    await Promise.all(this.#finishing);
  }

  async #endAll(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.end(id)));
  }

  /** Makes the files of a recording, all of them or none. */
  async #open(stems: Partial<Record<RecordedPart, string>>): Promise<Running['parts']> {
    const { journal, create } = this.#options;
    const parts: Part[] = [];
    try {
      for (const [part, stem] of Object.entries(stems) as [RecordedPart, string][]) {
        // First: a file that is not in the journal would never be found again.
        journal.add(stem);
        parts.push({ part, stem, file: new ChunkFile(await create(whileRecorded(stem))) });
      }
      return parts;
    } catch (error) {
      await Promise.all(
        parts.map(async ({ stem, file }) => {
          await file.close();
          await rm(whileRecorded(stem), { force: true });
        }),
      );
      for (const stem of Object.values(stems)) journal.remove(stem);
      throw error;
    }
  }

  async #finish(id: string, stems: readonly string[], leftOver: boolean): Promise<void> {
    const { finish, journal, saved, log } = this.#options;
    const settled = await Promise.all(
      stems.map((stem) => settle(stem, finish, (error) => log.error(`finishing ${stem}:`, error))),
    );
    for (const stem of stems) journal.remove(stem);
    const kept = settled.filter((outcome) => outcome.kind === 'saved');
    for (const { file, problem } of kept) log.info('recorded', file, problem ?? '');
    // One that vanished between two runs was the user's doing.
    if (leftOver && kept.length === 0) return;
    const problem = kept.find((outcome) => outcome.problem !== null)?.problem ?? null;
    const nothing = settled.some(({ kind }) => kind === 'gone')
      ? 'The file was taken away while it was being recorded.'
      : 'It held no picture.';
    this.#tell({
      type: 'saved',
      id,
      files: kept.map(({ file }) => saved.add(file)),
      problem: kept.length === 0 ? nothing : problem,
      leftOver,
    });
  }

  #inBackground(work: Promise<void>): void {
    const watched = work
      .catch((error: unknown) => this.#options.log.error('finishing a recording:', error))
      .finally(() => this.#finishing.delete(watched));
    this.#finishing.add(watched);
  }

  #tell(news: RecordingNews): void {
    if (this.#untold) this.#untold.push(news);
    else this.#options.tell(news);
  }
}

const sourceStem = (stem: string): string => `${stem} source`;

const isTaken = async (stem: string): Promise<boolean> => {
  const names = [stem, sourceStem(stem)].flatMap((each) => [whileRecorded(each), whenDone(each)]);
  return (await Promise.all(names.map(exists))).includes(true);
};
