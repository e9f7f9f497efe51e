import { protocol } from 'electron';
import type { Log } from '../diagnostics/log.ts';
import { appHost, appScheme } from './app-origin.ts';
import { securityHeaders } from './response-headers.ts';
import { serveBundle } from './serve-bundle.ts';
import { userMediaPrefix, type UserMedia } from './user-media.ts';

/** Before `ready`: makes `app:` a scheme with an origin, fetch, streams and a secure context. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/** After `ready`: answers every address of the scheme. */
export function serveAppScheme(folder: string, media: UserMedia, log: Log): void {
  const bundle = serveBundle(folder);
  protocol.handle(appScheme, async (request) => {
    try {
      const { host, pathname } = new URL(request.url);
      const isMedia = host === appHost && pathname.startsWith(userMediaPrefix);
      return await (isMedia ? media.serve(request) : bundle(request));
    } catch (error) {
      log.error('app scheme:', request.url, error);
      return new Response('Internal error', { status: 500, headers: securityHeaders });
    }
  });
}
