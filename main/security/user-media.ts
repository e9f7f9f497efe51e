import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { OpenedFile } from '../../shared/ipc/contract.ts';
import { appOrigin } from './app-origin.ts';
import { parseRange, type ByteRange } from './byte-range.ts';
import { videoType } from './media-types.ts';
import { securityHeaders } from './response-headers.ts';
import { notFound } from './serve-bundle.ts';

/** Path prefix of videos that the user opened. */
export const userMediaPrefix = '/user-media/';

/** Bytes per answer to a range: a few seconds of video, small enough to hold in memory. */
export const chunkMaxBytes = 4 * 1024 * 1024;

/** Most files kept readable at once; the oldest is forgotten first. */
const openFilesMax = 16;

/**
 * The videos that the window may read, by an id that says nothing about where they lie. They come from the
 * app's own origin, so that a canvas that draws them stays readable. An id lasts until the app quits.
 */
export class UserMedia {
  readonly #files = new Map<string, string>();

  /** @returns Null when there is no such file, or it is no video by its name. */
  async allow(file: string): Promise<OpenedFile | null> {
    if (!path.isAbsolute(file) || videoType(file) === null) return null;
    const found = await stat(file).catch(() => null);
    if (found === null || !found.isFile()) return null;
    const known = [...this.#files].find(([, path]) => path === file)?.[0];
    const id = known ?? randomUUID();
    this.#files.set(id, file);
    const oldest = this.#files.keys().next().value;
    if (this.#files.size > openFilesMax && oldest !== undefined) this.#files.delete(oldest);
    return { path: file, name: path.basename(file), url: `${appOrigin}${userMediaPrefix}${id}` };
  }

  /** Answers a range with at most {@link chunkMaxBytes} of it; players ask again for the rest. */
  async serve(request: Request): Promise<Response> {
    const id = new URL(request.url).pathname.slice(userMediaPrefix.length);
    const file = this.#files.get(id);
    if (file === undefined || request.method !== 'GET') return notFound();
    const found = await stat(file).catch(() => null);
    if (found === null || !found.isFile()) return notFound();
    const asked = parseRange(request.headers.get('range'), found.size, chunkMaxBytes);
    const headers = {
      ...securityHeaders,
      'Content-Type': videoType(file) ?? 'application/octet-stream',
      'Accept-Ranges': 'bytes',
      'Cache-Control': 'no-store',
    };
    if (asked.kind === 'unsatisfiable') {
      return new Response(null, {
        status: 416,
        headers: { ...headers, 'Content-Range': `bytes */${found.size}` },
      });
    }
    return asked.kind === 'none'
      ? new Response(wholeFile(file), { headers: { ...headers, 'Content-Length': String(found.size) } })
      : new Response(await readRange(file, asked.range), {
          status: 206,
          headers: {
            ...headers,
            'Content-Range': `bytes ${asked.range.first}-${asked.range.last}/${found.size}`,
          },
        });
  }
}

const wholeFile = (file: string): ReadableStream => Readable.toWeb(createReadStream(file));

async function readRange(file: string, range: ByteRange): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(file);
  try {
    const bytes = new Uint8Array(range.last - range.first + 1);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, range.first);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
