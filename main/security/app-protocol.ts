import { protocol } from 'electron';
import type { Log } from '../diagnostics/log.ts';
import { appHost, appScheme } from './app-origin.ts';
import { securityHeaders } from './response-headers.ts';
import { serveBundle } from './serve-bundle.ts';
import { userMediaPrefix, type UserMedia } from './user-media.ts';
import { userModelsPrefix, type UserModelFiles } from './user-models.ts';

/** Before `ready`: makes `app:` a scheme with an origin, fetch, streams and a secure context. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/** After `ready`: answers every address of the scheme. */
export function serveAppScheme(folder: string, media: UserMedia, models: UserModelFiles, log: Log): void {
  const bundle = serveBundle(folder);
  const opened = [
    { prefix: userMediaPrefix, door: media },
    { prefix: userModelsPrefix, door: models },
  ];
  protocol.handle(appScheme, async (request) => {
    try {
      const { host, pathname } = new URL(request.url);
      const own = host === appHost ? opened.find(({ prefix }) => pathname.startsWith(prefix)) : undefined;
      return await (own ? own.door.serve(request) : bundle(request));
    } catch (error) {
      log.error('app scheme:', request.url, error);
      return new Response('Internal error', { status: 500, headers: securityHeaders });
    }
  });
}
