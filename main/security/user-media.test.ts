import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRange } from './byte-range.ts';
import { chunkMaxBytes, UserMedia } from './user-media.ts';

let folder: string;
let video: string;
const size = chunkMaxBytes + 1000;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'linkspan-media-'));
  video = path.join(folder, 'clip.MP4');
  writeFileSync(
    video,
    Uint8Array.from({ length: size }, (_, index) => index % 251),
  );
  writeFileSync(path.join(folder, 'notes.txt'), 'no video');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function openVideo(): Promise<{ media: UserMedia; url: string }> {
  const media = new UserMedia();
  const opened = await media.allow(video);
  if (opened === null) throw new Error('the video was refused');
  return { media, url: opened.url };
}

const ask = (media: UserMedia, url: string, range?: string): Promise<Response> =>
  media.serve(new Request(url, range === undefined ? {} : { headers: { range } }));

describe('videos that the user opened', () => {
  it('S8: are read from the app’s own origin by an id that does not name their path', async () => {
    const { url } = await openVideo();
    expect(url).toMatch(/^app:\/\/bundle\/user-media\/[0-9a-f-]{36}$/);
  });

  it('S8: nothing else is: unknown ids, other files, folders and relative paths are refused', async () => {
    const { media } = await openVideo();
    expect((await ask(media, 'app://bundle/user-media/other')).status).toBe(404);
    expect((await ask(media, `app://bundle/user-media/${encodeURIComponent(video)}`)).status).toBe(404);
    expect(await media.allow(path.join(folder, 'notes.txt'))).toBeNull();
    expect(await media.allow(path.join(folder, 'gone.mp4'))).toBeNull();
    expect(await media.allow(folder)).toBeNull();
    expect(await media.allow('clip.mp4')).toBeNull();
  });

  it('keep their id when they are opened again', async () => {
    const { media, url } = await openVideo();
    expect((await media.allow(video))?.url).toBe(url);
  });

  it('come whole when no range is asked for', async () => {
    const { media, url } = await openVideo();
    const answer = await ask(media, url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('video/mp4');
    expect((await answer.arrayBuffer()).byteLength).toBe(size);
  });

  it('answer a range with exactly its bytes', async () => {
    const { media, url } = await openVideo();
    const answer = await ask(media, url, 'bytes=251-260');
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes 251-260/${size}`);
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('answer an open range with one chunk, and one behind the end with 416', async () => {
    const { media, url } = await openVideo();
    const open = await ask(media, url, 'bytes=0-');
    expect(open.headers.get('content-range')).toBe(`bytes 0-${chunkMaxBytes - 1}/${size}`);
    const behind = await ask(media, url, `bytes=${size}-`);
    expect(behind.status).toBe(416);
    expect(behind.headers.get('content-range')).toBe(`bytes */${size}`);
  });
});

describe('a Range header', () => {
  const range = (first: number, last: number) => ({ kind: 'range', range: { first, last } });
  it.each([
    [null, { kind: 'none' }],
    ['bytes=0-9', range(0, 9)],
    ['bytes=90-200', range(90, 99)],
    ['bytes=-10', range(90, 99)],
    ['bytes=-1000', range(0, 49)],
    ['bytes=10-', range(10, 59)],
    ['bytes=100-', { kind: 'unsatisfiable' }],
    ['bytes=9-3', { kind: 'unsatisfiable' }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=0-1,5-6', { kind: 'none' }],
    ['lines=0-1', { kind: 'none' }],
    ['bytes=-', { kind: 'none' }],
  ])('%s', (header, expected) => {
    expect(parseRange(header, 100, 50)).toEqual(expected);
  });
});
