import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFile } from './chunk-file.ts';
import { begun, bytes, diskError, name, setUpRecordings } from './fixtures/set-up-recordings.ts';
import type { RecordingsOptions } from './recordings.ts';

let home: string;
let videos: string;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'linkspan-mishaps-'));
  videos = mkdtempSync(path.join(home, 'videos-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const setUp = (options: Partial<RecordingsOptions> = {}) => setUpRecordings(home, videos, options);
const files = (): string[] => readdirSync(videos).toSorted();

describe('recordings', () => {
  it('begun at once get a name each, and so does one that another app takes the name from', async () => {
    let isQuicker = true;
    const create: RecordingsOptions['create'] = async (file) => {
      if (isQuicker) writeFileSync(file, 'another app');
      isQuicker = false;
      return createFile(file);
    };
    const { recordings, journal } = setUp({ create });
    const [first, second] = await Promise.all([begun(recordings), begun(recordings)]);
    expect(journal.open.map((stem) => path.basename(stem))).toEqual([`${name} (2)`, `${name} (3)`]);
    await recordings.write(second, 'output', bytes('x'));
    await Promise.all([first, second].map((id) => recordings.end(id)));
    await recordings.shutDown();
    expect(files()).toEqual([`${name} (3).webm`, `${name}.recording.webm`]);
    expect(readFileSync(path.join(videos, `${name}.recording.webm`), 'utf8')).toBe('another app');
  });

  it('are told of when the list of those that are not finished cannot be written any more', async () => {
    const { recordings, news, journal, lines } = setUp();
    await recordings.attend();
    const id = await begun(recordings);
    await recordings.write(id, 'output', bytes('x'));
    journal.remove = () => {
      throw diskError('ENOSPC');
    };
    await recordings.end(id);
    await recordings.shutDown();
    expect(news).toMatchObject([{ type: 'saved', id, files: [{ name: `${name}.webm` }] }]);
    expect(lines.join()).toContain('ENOSPC');
  });

  it('of which one file is lost are told of with what became of it', async () => {
    const { recordings, news } = setUp();
    await recordings.attend();
    const id = await begun(recordings, true);
    await recordings.write(id, 'source', bytes('src'));
    await recordings.end(id);
    await recordings.shutDown();
    expect(news).toMatchObject([
      { files: [{ name: `${name} source.webm` }], problem: 'The output’s file held no picture.' },
    ]);
  });

  it('end when their folder goes, and wait for the next start when it cannot be reached', async () => {
    const { recordings, news, journal } = setUp();
    await recordings.attend();
    const id = await begun(recordings);
    await recordings.write(id, 'output', bytes('x'));
    renameSync(videos, `${videos}-unplugged`);
    expect(await recordings.write(id, 'output', bytes('y'))).toMatchObject({ ok: false });
    await recordings.shutDown();
    expect(news).toMatchObject([
      { type: 'broken', id, problem: 'Its file was taken away.', kept: false },
      { type: 'saved', id, files: [], problem: 'The file was taken away while it was being recorded.' },
    ]);
    expect(journal.open).toHaveLength(1);
    renameSync(`${videos}-unplugged`, videos);
    const next = setUp();
    next.recordings.finishLeftOver();
    await next.recordings.shutDown();
    await next.recordings.attend();
    expect(next.news).toMatchObject([{ files: [{ name: `${name}.webm` }], leftOver: true }]);
    expect(next.journal.open).toEqual([]);
  });

  it('whose folder is no folder any more keep nobody waiting', async () => {
    const { recordings, journal } = setUp();
    const id = await begun(recordings);
    rmSync(videos, { recursive: true });
    writeFileSync(videos, 'a file');
    await recordings.end(id);
    await recordings.shutDown();
    expect(journal.open).toHaveLength(1);
    expect(await recordings.begin({ source: false })).toEqual({ ok: false, problem: 'The folder is gone.' });
  });
});
