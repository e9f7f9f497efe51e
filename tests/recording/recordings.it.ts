import { fork } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync, statSync } from 'node:fs';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRecorded, secondsIn } from '../../e2e/fixtures/recorded-file.ts';
import { finishInWorker } from '../../main/recording/finish-in-worker.ts';
import { openStudioFiles } from '../../main/recording/open-studio-files.ts';
import { settle } from '../../main/recording/settle.ts';
import { wholePart } from '../../main/recording/whole-part.ts';
import { chunkMaxBytes, type RecordingNews } from '../../shared/ipc/recording-channels.ts';
import { writeLongRecording } from './long-recording.ts';
import { readTime, recordInChromium, timeBits } from './record-in-chromium.ts';

/** Between a frame's place in the file and the time that it shows, milliseconds: until the recorder has started. */
const toleranceMs = 400;
const workerFile = path.resolve(import.meta.dirname, '../../main/recording/finish-worker.ts');
const finish = finishInWorker(workerFile);

let home: string;
let folder: string;
/** What Chromium's recorder gave, a second each. */
let pieces: Buffer[];
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'linkspan-recorded-'));
  pieces = await recordInChromium(7);
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(home, 'test-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function recorded(bytes: Buffer): Promise<string> {
  const stem = path.join(folder, 'a');
  await writeFile(`${stem}.recording.webm`, bytes);
  return stem;
}
async function settled(stem: string): Promise<string> {
  const outcome = await settle(stem, finish, () => undefined);
  if (outcome.kind !== 'saved') throw new Error(outcome.kind);
  expect(outcome.problem).toBeNull();
  return outcome.file;
}

describe('a recording that has ended', () => {
  it('knows how long it is, and shows the right frame wherever one jumps to', async () => {
    const file = await settled(await recorded(Buffer.concat(pieces)));
    const player = await openRecorded(file);
    try {
      expect(player.duration).toBeGreaterThan(5);
      expect(player.duration).toBeLessThan(8);
      for (const part of [0.5, 0.9, 0.1, 0.7]) {
        const { mediaTime, columns } = await player.jump(player.duration * part, timeBits);
        expect(Math.abs(mediaTime - player.duration * part)).toBeLessThan(0.2);
        expect(Math.abs(readTime(columns) - mediaTime * 1000)).toBeLessThan(toleranceMs);
      }
    } finally {
      await player.close();
    }
    expect(await secondsIn(file)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('did not know either before', async () => {
    const stem = await recorded(Buffer.concat(pieces));
    const player = await openRecorded(`${stem}.recording.webm`);
    expect(player.duration).toBe(Infinity);
    await player.close();
  });

  it('keeps all whole frames of a file that is torn anywhere', async () => {
    // In the midst of what follows a key frame, of which there is one every other second.
    const torn = Buffer.concat([...pieces.slice(0, 5), pieces[5]!.subarray(0, pieces[5]!.length / 2)]);
    const seconds = await secondsIn(await settled(await recorded(torn)));
    expect(seconds).toEqual(expect.arrayContaining([0, 1, 2, 3, 4]));
  });

  it('that holds no frame is no recording', async () => {
    for (const bytes of [Buffer.alloc(0), pieces[0]!.subarray(0, 40), Buffer.from('no video at all')]) {
      const stem = await recorded(bytes);
      expect(await settle(stem, finish, () => undefined)).toEqual({ kind: 'empty' });
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it.each([
    ['in the midst', () => [...pieces.slice(0, 3), Buffer.alloc(chunkMaxBytes + 1), ...pieces.slice(3)]],
    ['at its beginning', () => [Buffer.alloc(100_000), ...pieces]],
  ])('that is damaged %s is kept to the last byte, and told of', async (_where, parts) => {
    const bytes = Buffer.concat(parts());
    const stem = await recorded(bytes);
    expect(await settle(stem, finish, () => undefined)).toEqual({
      kind: 'saved',
      file: `${stem}.webm`,
      problem: 'A part of it is damaged. It was kept as it is.',
    });
    expect((await readFile(`${stem}.webm`)).equals(bytes)).toBe(true);
    expect(await readdir(folder)).toEqual(['a.webm']);
  });

  it('that is finished twice stays as it is', async () => {
    const once = await settled(await recorded(Buffer.concat(pieces)));
    const finished = await readFile(once);
    const twice = await settled(await recorded(finished));
    expect(await secondsIn(twice)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(Math.abs(statSync(twice).size - finished.length)).toBeLessThan(200);
  });

  it.skipIf(!existsSync('/dev/full'))('stays as it was when the disk is full, and says so', async () => {
    const stem = await recorded(Buffer.concat(pieces));
    await symlink('/dev/full', `${stem}.finishing.webm`);
    expect(await settle(stem, finish, () => undefined)).toEqual({
      kind: 'saved',
      file: `${stem}.webm`,
      problem: 'It plays, but cannot be jumped about in: The disk is full.',
    });
    expect(await readdir(folder)).toEqual(['a.webm']);
    expect(statSync(`${stem}.webm`).size).toBe(Buffer.concat(pieces).length);
  });
});

describe('a recording whose app is killed', () => {
  /** Records until this many pieces are acknowledged, and is killed there and then. */
  async function killAfter(count: number): Promise<void> {
    await writeFile(path.join(folder, 'lengths'), JSON.stringify(pieces.map(({ length }) => length)));
    await writeFile(path.join(folder, 'pieces'), Buffer.concat(pieces));
    const writer = fork(
      path.join(import.meta.dirname, 'writing.fixture.ts'),
      [folder, path.join(folder, 'lengths'), path.join(folder, 'pieces')],
      { execPath: process.execPath, stdio: 'ignore' },
    );
    const dead = once(writer, 'exit');
    let acknowledged = 0;
    writer.on('message', () => {
      acknowledged += 1;
      if (acknowledged === count) writer.kill('SIGKILL');
    });
    expect(await dead).toEqual([null, 'SIGKILL']);
  }

  /** What the next start tells a page. */
  async function nextStart(): Promise<RecordingNews[]> {
    const news: RecordingNews[] = [];
    const { recordings } = openStudioFiles({
      videos: folder,
      pictures: folder,
      userData: folder,
      workerFile,
      show: () => undefined,
      tell: (each) => news.push(each),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined, file: '' },
    });
    recordings.finishLeftOver();
    await recordings.attend();
    await recordings.shutDown();
    return news;
  }

  it('has every piece that was acknowledged, is finished at the next start, and told of by its name', async () => {
    await killAfter(6);
    const [left] = (await readdir(path.join(folder, 'Linkspan'))).filter((name) => name.endsWith('.webm'));
    expect(left).toMatch(/\.recording\.webm$/);
    // A piece that was under way when it happened.
    await appendFile(path.join(folder, 'Linkspan', left!), pieces[6]!.subarray(0, 900));
    const news = await nextStart();
    expect(news).toMatchObject([
      { type: 'saved', leftOver: true, problem: null, files: [{ name: left!.replace('.recording', '') }] },
    ]);
    const names = await readdir(path.join(folder, 'Linkspan'));
    expect(names).toEqual([left!.replace('.recording', '')]);
    // Six pieces of a second each: the last of them may end a frame early.
    const seconds = await secondsIn(path.join(folder, 'Linkspan', names[0]!));
    expect(seconds).toEqual(expect.arrayContaining([0, 1, 2, 3, 4]));
    expect(await nextStart()).toEqual([]);
  });

  it('is finished by the start after next when that one is quit in the midst of it, and lost by none', async () => {
    const stem = path.join(folder, 'Linkspan', 'long');
    await mkdir(path.dirname(stem));
    const frames = 4_000;
    await writeLongRecording(`${stem}.recording.webm`, frames);
    await writeFile(path.join(folder, 'recordings.json'), JSON.stringify({ version: 1, open: [stem] }));
    for (let quit = 0; quit < 2; quit += 1) {
      const app = fork(path.join(import.meta.dirname, 'finishing.fixture.ts'), [folder], {
        execPath: process.execPath,
        stdio: 'ignore',
      });
      expect(await once(app, 'exit')).toEqual([0, null]);
      expect((await readdir(path.dirname(stem))).toSorted()).toEqual([
        'long.finishing.webm',
        'long.recording.webm',
      ]);
    }
    expect(await nextStart()).toMatchObject([
      { type: 'saved', leftOver: true, problem: null, files: [{ name: 'long.webm' }] },
    ]);
    expect(await readdir(path.dirname(stem))).toEqual(['long.webm']);
    expect(wholePart(`${stem}.webm`).frames).toBe(frames);
  });
});
