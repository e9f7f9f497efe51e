import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { bundlePath } from './bundle-path.ts';
import { bundleType } from './media-types.ts';
import { securityHeaders } from './response-headers.ts';

export const notFound = (): Response => new Response('Not found', { status: 404, headers: securityHeaders });

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(String(error.code));

/**
 * Answers addresses of the bundle from one folder and nothing outside it.
 *
 * @param folder Where the built renderer lies; inside an archive Electron's patched `fs` reads it.
 */
export function serveBundle(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const wanted = bundlePath(request.url);
    const type = wanted === null ? null : bundleType(wanted);
    if (wanted === null || type === null || request.method !== 'GET') return notFound();
    try {
      const root = await realpath(folder);
      const file = await realpath(path.join(root, wanted));
      // A link inside the folder may still point out of it.
      if (!file.startsWith(root + path.sep)) return notFound();
      return new Response(await readFile(file), { headers: { ...securityHeaders, 'Content-Type': type } });
    } catch (error) {
      if (isMissing(error)) return notFound();
      throw error;
    }
  };
}
