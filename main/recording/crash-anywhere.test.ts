import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type fs from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type fsPromises from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordingNews } from '../../shared/ipc/recording-channels.ts';
import { createFile, type Appendable } from './chunk-file.ts';
import { Journal } from './journal.ts';
import { Recordings } from './recordings.ts';
import { SavedFiles } from './saved-files.ts';

/** One run of the app, and how often it may still change the disk before the power goes. */
interface Life {
  steps: number;
  died: PromiseWithResolvers<'dead'>;
}

/** Each run keeps its own end: what it does after that changes nothing, and nothing is answered. */
const power = await vi.hoisted(async () => {
  const { AsyncLocalStorage } = await import('node:async_hooks');
  const lives = new AsyncLocalStorage<Life>();
  const isThere = (): boolean => {
    const life = lives.getStore();
    if (life === undefined) return true;
    life.steps -= 1;
    if (life.steps < 0) life.died.resolve('dead');
    return life.steps >= 0;
  };
  return {
    lives,
    step: <Value>(change: () => Promise<Value>): Promise<Value> =>
      isThere() ? change() : new Promise<never>(() => undefined),
    /** For what does not wait. */
    stepNow: <Value>(change: () => Value): Value => {
      if (!isThere()) throw new Error('There is no power');
      return change();
    },
  };
});

vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof fsPromises>();
  return {
    ...real,
    rename: (from: string, to: string) => power.step(() => real.rename(from, to)),
    rm: (file: string, options: object) => power.step(() => real.rm(file, options)),
  };
});

vi.mock('node:fs', async (load) => {
  const real = await load<typeof fs>();
  return {
    ...real,
    writeFileSync: (file: string, text: string) => power.stepNow(() => real.writeFileSync(file, text)),
    renameSync: (from: string, to: string) => power.stepNow(() => real.renameSync(from, to)),
  };
});

let root: string;
let home: string;
let videos: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'linkspan-crash-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const name = 'Linkspan 2026-11-25 22.31.05';
const files = { output: `${name}.webm`, source: `${name} source.webm` };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a run that died has not closed. */
const opened: Appendable[] = [];

/** A file that is half written when the power goes during a piece. */
const create = async (file: string): Promise<Appendable> => {
  const real = await power.step(() => createFile(file));
  opened.push(real);
  return {
    writeFile: async (piece) => {
      const half = piece.byteLength >> 1;
      await power.step(() => real.writeFile(piece.subarray(0, half)));
      await power.step(() => real.writeFile(piece.subarray(half)));
    },
    datasync: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
};

/** Marks what it copies, in two steps; what was marked before is as good as new. */
async function finish(from: string, to: string): Promise<number> {
  const content = readFileSync(from, 'utf8').replace(/!$/, '');
  if (content === '') return 0;
  await power.step(() => writeFile(to, content));
  await power.step(() => writeFile(to, `${content}!`));
  return 1;
}

function start(): { recordings: Recordings; news: RecordingNews[]; journal: Journal } {
  const news: RecordingNews[] = [];
  const ignore = (): void => undefined;
  const journal = new Journal(path.join(home, 'recordings.json'), (error) => {
    throw error;
  });
  const recordings = new Recordings({
    folder: () => Promise.resolve(videos),
    create,
    journal,
    finish,
    saved: new SavedFiles(ignore),
    now: () => new Date(2026, 10, 25, 22, 31, 5),
    tell: (each) => void news.push(each),
    log: { info: ignore, warn: ignore, error: ignore, file: '' },
  });
  return { recordings, news, journal };
}

/** Runs the app until it is done, or has changed the disk that often. */
function live(steps: number, run: () => Promise<unknown>): Promise<'done' | 'dead'> {
  const life: Life = { steps, died: Promise.withResolvers() };
  const done = power.lives.run(life, run).then(
    () => 'done' as const,
    // Nobody is left who could hear of it.
    () => 'dead' as const,
  );
  return Promise.race([done, life.died.promise]);
}

/** What main acknowledged of each file. */
type Acknowledged = Partial<Record<'output' | 'source', string>>;

/** One recording of two pieces, with or without its source beside it. */
async function recordOnce(acknowledged: Acknowledged, source: boolean): Promise<void> {
  const { recordings } = start();
  await recordings.attend();
  const begun = await recordings.begin({ source });
  if (!begun.ok) throw new Error(begun.problem);
  for (const text of ['one ', 'two '])
    for (const part of source ? (['output', 'source'] as const) : (['output'] as const)) {
      const written = await recordings.write(begun.value.id, part, bytes(text));
      if (written.ok) acknowledged[part] = `${acknowledged[part] ?? ''}${text}`;
    }
  await recordings.end(begun.value.id);
  await recordings.shutDown();
}

async function nextStart(): Promise<ReturnType<typeof start>> {
  const started = start();
  started.recordings.finishLeftOver();
  await started.recordings.attend();
  await started.recordings.shutDown();
  return started;
}

/** What is in the folder, by name; the mark of a finished one is told apart from what was written. */
const contents = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(videos).map((file) => [file, readFileSync(path.join(videos, file), 'utf8')]),
  );

const foreign = 'Linkspan.recording.webm';

/** Two runs that may be cut short, and what must hold after a third. @returns Which of them came through. */
async function cutShort(source: boolean, first: number, second: number) {
  home = mkdtempSync(path.join(root, 'home-'));
  videos = mkdtempSync(path.join(home, 'videos-'));
  writeFileSync(path.join(videos, foreign), 'somebody’s own');
  const acknowledged: Acknowledged = {};
  const recorded = await live(first, () => recordOnce(acknowledged, source));
  const finished = await live(second, nextStart);
  const { journal } = await nextStart();
  await Promise.all(opened.splice(0).map((file) => file.close()));

  const { [foreign]: untouched, ...ours } = contents();
  const where = `after ${first} and ${second} steps: ${JSON.stringify(ours)}`;
  expect(untouched, where).toBe('somebody’s own');
  expect(journal.open, where).toEqual([]);
  for (const [part, text] of Object.entries(acknowledged))
    expect(ours[files[part as keyof typeof files]], where).toMatch(new RegExp(`^${text}.*!$`));
  const others = Object.keys(ours).filter((file) => !Object.values(files).includes(file));
  expect(others, where).toEqual([]);
  return { recorded, finished };
}

/** Hundreds of runs, each with files of its own: seconds on a slow disk. */
describe('wherever the power goes', { timeout: 60_000 }, () => {
  it('no piece is lost, no file is there twice and none is forgotten, of output and source', async () => {
    let first = 0;
    while ((await cutShort(true, first, Infinity)).recorded === 'dead') first += 1;
    expect(first).toBeGreaterThan(20);
  });

  it('and goes again while the next start finishes what was left, neither', async () => {
    for (let first = 0, isThrough = false; !isThrough; first += 1) {
      for (let second = 0, isFinished = false; !isFinished; second += 1) {
        const { recorded, finished } = await cutShort(false, first, second);
        isThrough = recorded === 'done';
        isFinished = finished === 'done';
      }
    }
  });
});
