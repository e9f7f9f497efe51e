import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFile, type Appendable } from './chunk-file.ts';
import type { Finish } from './finish-in-worker.ts';
import { begun, bytes, diskError, name, setUpRecordings } from './fixtures/set-up-recordings.ts';
import type { RecordingsOptions } from './recordings.ts';

let home: string;
let videos: string;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'linkspan-recordings-'));
  videos = mkdtempSync(path.join(home, 'videos-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const setUp = (options: Partial<RecordingsOptions> = {}) => setUpRecordings(home, videos, options);
const files = (): string[] => readdirSync(videos).toSorted();

describe('recordings', () => {
  it('are written as they come, carry their state in their name, and get their final one when they end', async () => {
    const { recordings, news, journal } = setUp();
    await recordings.attend();
    const id = await begun(recordings);
    expect(await recordings.write(id, 'output', bytes('one '))).toEqual({ ok: true, value: 4 });
    expect(files()).toEqual([`${name}.recording.webm`]);
    expect(readFileSync(path.join(videos, files()[0]!), 'utf8')).toBe('one ');
    expect(journal.open).toEqual([path.join(videos, name)]);
    await recordings.write(id, 'output', bytes('two'));
    await recordings.end(id);
    await recordings.shutDown();
    expect(files()).toEqual([`${name}.webm`]);
    expect(readFileSync(path.join(videos, `${name}.webm`), 'utf8')).toBe('one two');
    expect(journal.open).toEqual([]);
    expect(news).toEqual([
      {
        type: 'saved',
        id,
        files: [{ id: expect.any(String), name: `${name}.webm` }],
        problem: null,
        leftOver: false,
      },
    ]);
  });

  it('hold the source in a file beside it', async () => {
    const { recordings, news } = setUp();
    await recordings.attend();
    const id = await begun(recordings, true);
    await recordings.write(id, 'output', bytes('out'));
    await recordings.write(id, 'source', bytes('src'));
    await recordings.end(id);
    await recordings.shutDown();
    expect(files()).toEqual([`${name} source.webm`, `${name}.webm`]);
    expect(news).toMatchObject([{ files: [{ name: `${name}.webm` }, { name: `${name} source.webm` }] }]);
  });

  it('overwrite nothing, not even what appears while they run', async () => {
    writeFileSync(path.join(videos, `${name}.webm`), 'old');
    writeFileSync(path.join(videos, `${name} (2) source.webm`), 'old');
    const { recordings } = setUp();
    const id = await begun(recordings);
    await recordings.write(id, 'output', bytes('new'));
    writeFileSync(path.join(videos, `${name} (3).webm`), 'quick');
    await recordings.end(id);
    await recordings.shutDown();
    const contents = files().map((file) => [file, readFileSync(path.join(videos, file), 'utf8')]);
    expect(Object.fromEntries(contents)).toEqual({
      [`${name}.webm`]: 'old',
      [`${name} (2) source.webm`]: 'old',
      [`${name} (3).webm`]: 'quick',
      [`${name} (3) (2).webm`]: 'new',
    });
  });

  it('end with a sentence when the disk is full, and keep what is there', async () => {
    let room = 2;
    const create: RecordingsOptions['create'] = async (file) => {
      const real = await createFile(file);
      return {
        writeFile: (piece) => ((room -= 1) < 0 ? Promise.reject(diskError('ENOSPC')) : real.writeFile(piece)),
        datasync: () => real.datasync(),
        close: () => real.close(),
      };
    };
    const { recordings, news } = setUp({ create });
    await recordings.attend();
    const id = await begun(recordings);
    for (const piece of ['a', 'b']) await recordings.write(id, 'output', bytes(piece));
    const full = { ok: false, problem: 'The disk is full.' };
    expect(await recordings.write(id, 'output', bytes('c'))).toEqual(full);
    expect((await recordings.write(id, 'output', bytes('d'))).ok).toBe(false);
    await recordings.shutDown();
    expect(news).toMatchObject([
      { type: 'broken', id, problem: 'The disk is full.', kept: true },
      { type: 'saved', id, problem: null },
    ]);
    expect(readFileSync(path.join(videos, `${name}.webm`), 'utf8')).toBe('ab');
  });

  it('stay as they are when they cannot be finished, and say so', async () => {
    const finish: Finish = async (_from, to) => {
      writeFileSync(to, 'half');
      throw diskError('ENOSPC');
    };
    const { recordings, news, journal } = setUp({ finish });
    await recordings.attend();
    const id = await begun(recordings);
    await recordings.write(id, 'output', bytes('all of it'));
    await recordings.end(id);
    await recordings.shutDown();
    expect(files()).toEqual([`${name}.webm`]);
    expect(readFileSync(path.join(videos, `${name}.webm`), 'utf8')).toBe('all of it');
    expect(news).toMatchObject([
      { problem: 'It plays, but cannot be jumped about in: The disk is full.', files: [{}] },
    ]);
    expect(journal.open).toEqual([]);
  });

  it('leave nothing behind when they cannot begin', async () => {
    let made = 0;
    const create: RecordingsOptions['create'] = (file) =>
      (made += 1) === 2 ? Promise.reject(diskError('EACCES')) : createFile(file);
    const { recordings, journal } = setUp({ create });
    expect(await recordings.begin({ source: true })).toEqual({
      ok: false,
      problem: 'Linkspan may not write in this folder.',
    });
    expect(files()).toEqual([]);
    expect(journal.open).toEqual([]);
  });

  it('that hold no picture, or were taken away, are told of and leave nothing', async () => {
    const { recordings, news } = setUp();
    await recordings.attend();
    await recordings.end(await begun(recordings));
    await recordings.shutDown();
    const second = await begun(recordings);
    rmSync(path.join(videos, `${name}.recording.webm`));
    await recordings.end(second);
    await recordings.shutDown();
    expect(files()).toEqual([]);
    expect(news).toMatchObject([
      { type: 'saved', files: [], problem: 'It held no picture.' },
      { type: 'saved', files: [], problem: 'The file was taken away while it was being recorded.' },
    ]);
  });

  it('of a page that is gone end when the next one comes, which is told', async () => {
    const { recordings, news } = setUp();
    await recordings.attend();
    const id = await begun(recordings);
    await recordings.write(id, 'output', bytes('x'));
    await recordings.attend();
    expect(await recordings.write(id, 'output', bytes('y'))).toEqual({
      ok: false,
      problem: 'The recording has ended.',
    });
    await recordings.shutDown();
    expect(news).toMatchObject([{ type: 'saved', id }]);
  });

  it('that an earlier run left are finished, and the first page hears of it; other files are left alone', async () => {
    const foreign = 'Linkspan 2020-01-01 00.00.00.recording.webm';
    writeFileSync(path.join(videos, foreign), 'not in the journal');
    const left: Appendable[] = [];
    const create: RecordingsOptions['create'] = async (file) => {
      left.push(await createFile(file));
      return left[0]!;
    };
    const first = setUp({ create });
    const id = await begun(first.recordings);
    await first.recordings.write(id, 'output', bytes('cut off'));
    // That run ends here without a word, as far as it knows. A file that was in its list is gone as well.
    await left[0]!.close();
    first.journal.add(path.join(videos, 'gone'));

    const { recordings, news, journal } = setUp();
    recordings.finishLeftOver();
    await recordings.shutDown();
    expect(news).toEqual([]);
    await recordings.attend();
    expect(news).toMatchObject([{ type: 'saved', leftOver: true, files: [{ name: `${name}.webm` }] }]);
    expect(files()).toEqual([foreign, `${name}.webm`]);
    expect(journal.open).toEqual([]);
  });

  it('get their last piece from the page before the app quits', async () => {
    const { recordings, news } = setUp({
      tell: (each) => {
        news.push(each);
        if (each.type !== 'end-wanted') return;
        void recordings.write(each.id, 'output', bytes('last')).then(() => recordings.end(each.id));
      },
    });
    await recordings.attend();
    const id = await begun(recordings);
    await recordings.write(id, 'output', bytes('first '));
    await recordings.shutDown();
    expect(readFileSync(path.join(videos, `${name}.webm`), 'utf8')).toBe('first last');
    expect(news.map(({ type }) => type)).toEqual(['end-wanted', 'saved']);
  });

  it('are shown in their folder by an id that main gave, and by nothing else', async () => {
    const { recordings, news, saved, shown } = setUp();
    await recordings.attend();
    const id = await begun(recordings);
    await recordings.write(id, 'output', bytes('x'));
    await recordings.end(id);
    await recordings.shutDown();
    const [told] = news;
    if (told?.type !== 'saved') throw new Error('It was not saved');
    for (const guess of [id, '/etc/passwd', '', '__proto__']) saved.reveal(guess);
    expect(shown).toEqual([]);
    saved.reveal(told.files[0]!.id);
    expect(shown).toEqual([path.join(videos, `${name}.webm`)]);
    expect(existsSync(shown[0]!)).toBe(true);
  });
});
