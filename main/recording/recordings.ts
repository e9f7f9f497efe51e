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
import { makeFree, stampedName, whenDone, whileRecorded } from './recording-names.ts';
import type { SavedFiles } from './saved-files.ts';
import { exists, settle, type Settled } from './settle.ts';

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
  /** One begins after the other: two at once would find the same name free. */
  #begun: Promise<unknown> = Promise.resolve();
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

  begin({ source }: { source: boolean }): Promise<Result<SavedFile, string>> {
    const begun = this.#begun.then(() => this.#begin(source));
    this.#begun = begun;
    return begun;
  }

  async write(id: string, part: RecordedPart, bytes: Uint8Array): Promise<Result<number, string>> {
    const found = this.#running.get(id)?.parts.find((each) => each.part === part);
    if (!found) return fail('The recording has ended.');
    const written = await found.file.write(bytes);
    const outcome = written.ok && !(await isThere(found.stem)) ? fail('Its file was taken away.') : written;
    if (!outcome.ok && this.#running.has(id)) {
      this.#options.log.error(`recording ${id} ends:`, outcome.problem);
      this.#tell({ type: 'broken', id, problem: outcome.problem, kept: !written.ok });
      await this.end(id);
    }
    return outcome;
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

  async #begin(source: boolean): Promise<Result<SavedFile, string>> {
    const { folder, now, log, journal } = this.#options;
    const isTaken = async (stem: string): Promise<boolean> => {
      // One whose file was taken away still has its name until it is told of.
      if ([stem, sourceStem(stem)].some((each) => journal.open.includes(each))) return true;
      const names = [stem, sourceStem(stem)].flatMap((each) => [whileRecorded(each), whenDone(each)]);
      return (await Promise.all(names.map(exists))).includes(true);
    };
    try {
      const wanted = path.join(await folder(), stampedName(now()));
      const parts = await makeFree(wanted, isTaken, (stem) =>
        this.#open(source ? { output: stem, source: sourceStem(stem) } : { output: stem }),
      );
      const { stem } = parts[0]!;
      const id = randomUUID();
      this.#running.set(id, { parts, ended: Promise.withResolvers() });
      log.info(`recording ${stem}`, source ? 'with its source' : '');
      return ok({ id, name: path.basename(whenDone(stem)) });
    } catch (error) {
      log.error('could not begin a recording:', error);
      return fail(diskProblem(error));
    }
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
      for (const stem of Object.values(stems)) this.#forget(stem);
      throw error;
    }
  }

  async #finish(id: string, stems: readonly string[], leftOver: boolean): Promise<void> {
    const { finish, saved, log } = this.#options;
    const settled = await Promise.all(
      stems.map((stem) => settle(stem, finish, (error) => log.error(`finishing ${stem}:`, error))),
    );
    for (const [index, stem] of stems.entries())
      if (settled[index]?.kind !== 'unreachable') this.#forget(stem);
    const kept = settled.filter((outcome) => outcome.kind === 'saved');
    for (const { file, problem } of kept) log.info('recorded', file, problem ?? '');
    // One that vanished between two runs was the user's doing.
    if (leftOver && kept.length === 0) return;
    const files = kept.map(({ file }) => saved.add(file));
    this.#tell({ type: 'saved', id, files, problem: problemOf(settled), leftOver });
  }

  /** What stays in the list although it is finished is found to be gone at the next start. */
  #forget(stem: string): void {
    const { journal, log } = this.#options;
    try {
      journal.remove(stem);
    } catch (error) {
      log.error('the list of recordings could not be written:', error);
    }
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

/** Whether a file is still where it is being written; a folder that cannot be looked into tells nothing. */
const isThere = (stem: string): Promise<boolean> => exists(whileRecorded(stem)).catch(() => true);

/** What is wrong with the files of a recording, the output's first; null when they are as they should be. */
function problemOf(settled: readonly Settled[]): string | null {
  const isKept = settled.some(({ kind }) => kind === 'saved');
  const words = settled.flatMap((outcome, index) => {
    if (outcome.kind === 'saved') return outcome.problem ?? [];
    const which = index === 0 ? 'The output’s file' : 'The source’s file';
    if (outcome.kind === 'empty') return `${isKept ? which : 'It'} held no picture.`;
    return `${isKept ? which : 'The file'} was taken away while it was being recorded.`;
  });
  return words.length === 0 ? null : [...new Set(words)].join(' ');
}
