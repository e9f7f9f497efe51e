import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { bundleType, videoType } from '../../main/security/media-types.ts';
import { securityHeaders } from '../../main/security/response-headers.ts';

export interface PageServer {
  origin: string;
  /** Serves these bytes at `/user-media/NAME`, as main does with a picked file. */
  addMedia(name: string, bytes: Buffer): void;
  close(): Promise<void>;
}

/** Serves a built page on loopback with the very headers and types that main sends. */
export async function servePage(folder: string): Promise<PageServer> {
  const media = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const wanted = new URL(request.url ?? '/', 'http://page').pathname;
    const file = wanted === '/' ? '/index.html' : wanted;
    const read = async (): Promise<Buffer> =>
      // Browsers ask for it unbidden; the app's own window does not.
      file === '/favicon.ico'
        ? Buffer.of()
        : (media.get(file) ?? readFile(path.join(folder, path.normalize(file))));
    read().then(
      (bytes) => {
        const type = bundleType(file) ?? videoType(file) ?? 'application/octet-stream';
        response.writeHead(200, { ...securityHeaders, 'Content-Type': type, 'Content-Length': bytes.length });
        response.end(bytes);
      },
      () => response.writeHead(404, securityHeaders).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    addMedia: (name, bytes) => void media.set(`/user-media/${name}`, bytes),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
