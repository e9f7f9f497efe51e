import type { Protocol } from 'devtools-protocol';
import { protocolHandlerOf } from '../api/protocol.ts';
import { answerOpen } from '../api/window-open.ts';
import type { CdpSession } from '../chromium/cdp-connection.ts';
import { fromReserved, reservedPattern } from '../chromium/reserved-origin.ts';
import { debugLog, messageOf } from '../core/log.ts';
import { windowOpenPath, type OpenRequest } from '../wire/open-request.ts';
import { contentsOfTarget } from './live-windows.ts';
import { readResponse } from './response-body.ts';

type Paused = Protocol.Fetch.RequestPausedEvent;

/** Null for a request without a body. */
function bodyOf({ request }: Paused): Buffer<ArrayBuffer> | null {
  if (!request.hasPostData) return null;
  const entries = request.postDataEntries ?? [];
  return Buffer.concat(entries.map(({ bytes = '' }) => Buffer.from(bytes, 'base64')));
}

/** Headers that Node's Request refuses or that describe Chromium's own connection. */
const unsent = new Set(['host', 'connection', 'content-length']);

/** The request as the app's handler sees it: by the app's own address. */
function requestOf(paused: Paused, url: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(paused.request.headers))
    if (!unsent.has(name.toLowerCase())) headers.append(name, value);
  return new Request(url, { method: paused.request.method, headers, body: bodyOf(paused) });
}

/** A page waits for this answer, and does nothing else meanwhile. */
async function answerWindowOpen(root: CdpSession, paused: Paused): Promise<void> {
  const opener = contentsOfTarget(paused.frameId);
  const request = JSON.parse(bodyOf(paused)?.toString() ?? '') as OpenRequest;
  const answer = opener ? answerOpen(opener, request) : 'deny';
  await root.send('Fetch.fulfillRequest', {
    requestId: paused.requestId,
    responseCode: 200,
    body: Buffer.from(answer).toString('base64'),
  });
}

/** Asks the handler and hands its answer to Chromium, headers and all. */
async function answer(root: CdpSession, paused: Paused): Promise<void> {
  const { requestId, request } = paused;
  const url = fromReserved(request.url + (request.urlFragment ?? ''));
  if (new URL(request.url).pathname === windowOpenPath) return answerWindowOpen(root, paused);
  const handler = protocolHandlerOf(url.slice(0, url.indexOf(':')));
  if (!handler) {
    await root.send('Fetch.failRequest', { requestId, errorReason: 'AddressUnreachable' });
    return;
  }
  const toApp = requestOf(paused, url);
  const { headers, body, status } = await readResponse(await handler(toApp), toApp.headers.get('range'));
  await root.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: status,
    responseHeaders: [...headers].map(([name, value]) => ({ name, value })),
    body: body.toString('base64'),
  });
}

/**
 * Sends every request for an app scheme to its `protocol.handle` handler. It listens on the browser's own
 * session, because workers of workers (WebAssembly threads) fetch outside of any page's session.
 */
export async function routeAppRequests(root: CdpSession): Promise<void> {
  root.on('Fetch.requestPaused', (paused) => {
    answer(root, paused).catch((error: unknown) => {
      debugLog('request', paused.request.url, messageOf(error));
      root
        .send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' })
        .catch((failure: unknown) => debugLog('failRequest:', messageOf(failure)));
    });
  });
  await root.send('Fetch.enable', { patterns: [{ urlPattern: reservedPattern }] });
}
