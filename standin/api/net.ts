import { openAsBlob } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { acceptOptions } from '../core/accept-options.ts';
import { strictModule } from '../core/not-implemented.ts';
import { mimeTypeOf } from './mime-types.ts';
import { protocolHandlerOf } from './protocol.ts';

/** Those of `fetch` that Node honours, and Electron's own one. */
const fetchOptions = [
  'method',
  'headers',
  'body',
  'signal',
  'redirect',
  'cache',
  'credentials',
  'duplex',
  'bypassCustomProtocolHandlers',
];

/** Answered to `net.isOnline()`; tests set it through `__standin.network`. */
export const network = { online: true };

/** The whole file as a stream; like Electron's, a Range header changes nothing. */
async function fetchFile(url: string): Promise<Response> {
  const file = fileURLToPath(url);
  try {
    const blob = await openAsBlob(file, { type: mimeTypeOf(file) });
    return new Response(blob);
  } catch (error) {
    throw new TypeError('net::ERR_FILE_NOT_FOUND', { cause: error });
  }
}

/** `net`. Requests to the network go out by Node's own fetch, not by Chromium's network stack. */
export const net = strictModule('net', {
  async fetch(
    input: string | URL | Request,
    init?: RequestInit & { bypassCustomProtocolHandlers?: boolean },
  ): Promise<Response> {
    acceptOptions('net.fetch', init, fetchOptions);
    const { bypassCustomProtocolHandlers = false, ...rest } = init ?? {};
    const url = input instanceof Request ? input.url : String(input);
    const scheme = url.slice(0, url.indexOf(':')).toLowerCase();
    const handler = bypassCustomProtocolHandlers ? undefined : protocolHandlerOf(scheme);
    if (handler) return handler(input instanceof Request ? input : new Request(url, rest));
    if (scheme === 'file') return fetchFile(url);
    return fetch(input, rest);
  },
  isOnline: (): boolean => network.online,
  get online(): boolean {
    return network.online;
  },
});
