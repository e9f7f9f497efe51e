import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { securityHeaders } from './response-headers.ts';
import { notFound } from './serve-bundle.ts';

/** Path prefix of the user's own models. */
export const userModelsPrefix = '/user-models/';

/** What follows the id: the name by which a page sees that it is a model. */
const fileName = '/model.onnx';

/**
 * The models that the window may read, by an id that says nothing about where they lie. As with videos, main alone
 * says which: an id is only ever looked up. A file keeps its id until the app quits.
 */
export class UserModelFiles {
  readonly #files = new Map<string, string>();
  readonly #ids = new Map<string, string>();

  /** @returns The path of the file on the page's own origin. */
  allow(file: string): string {
    const id = this.#ids.get(file) ?? randomUUID();
    this.#ids.set(file, id);
    this.#files.set(id, file);
    return `${userModelsPrefix}${id}${fileName}`;
  }

  /** Forgets a file that is gone. */
  forbid(file: string): void {
    const id = this.#ids.get(file);
    this.#ids.delete(file);
    if (id !== undefined) this.#files.delete(id);
  }

  async serve(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const id = pathname.slice(userModelsPrefix.length, -fileName.length);
    const file = this.#files.get(id);
    if (file === undefined || !pathname.endsWith(fileName) || request.method !== 'GET') return notFound();
    const real = await insideItsFolder(file).catch(() => null);
    const found = real === null ? null : await stat(real).catch(() => null);
    if (real === null || found === null || !found.isFile()) return notFound();
    const headers = {
      ...securityHeaders,
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(found.size),
      'Cache-Control': 'no-store',
    };
    return new Response(Readable.toWeb(createReadStream(real)), { headers });
  }
}

/** The file itself; null when a link that leads elsewhere was put in its place since, or in that of its folder. */
async function insideItsFolder(file: string): Promise<string | null> {
  if (!(await lstat(path.dirname(file))).isDirectory()) return null;
  const real = await realpath(file);
  return path.dirname(real) === (await realpath(path.dirname(file))) ? real : null;
}
