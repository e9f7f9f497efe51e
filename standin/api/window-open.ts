import type { PageTarget } from '../chromium/chromium-process.ts';
import { acceptOptions } from '../core/accept-options.ts';
import { fromReserved } from '../chromium/reserved-origin.ts';
import type { OpenRequest } from '../wire/open-request.ts';
import type { WebContents } from './web-contents.ts';

/** A page that another page opened. */
export interface OpenedPage extends PageTarget {
  opener: WebContents | null;
}

/** What the handler says that the stand-in acts on. */
export const openHandlerAnswers: readonly string[] = ['action', 'overrideBrowserWindowOptions'];

/** A window that may be made. */
export interface AllowedOpen {
  request: OpenRequest;
  options: Electron.BrowserWindowConstructorOptions;
}

/** By opener: what `window.open` was allowed and Chromium has not made yet. */
const expected = new WeakMap<WebContents, AllowedOpen[]>();

/**
 * Asks the handler of the window that wants to open another one.
 *
 * @returns Null when it is denied.
 * @throws {Error} When there is no handler, or it allows what the stand-in does not do: features, `noopener`.
 */
export function askToOpen(opener: WebContents, request: OpenRequest): AllowedOpen | null {
  const { frameName, features } = request;
  const url = fromReserved(request.url);
  const decision = opener.openHandler?.({
    url,
    frameName,
    features,
    disposition: 'new-window',
    referrer: referrerOf(opener),
  });
  if (!decision) throw new Error(`stand-in: '${url}' would open in a window that no handler was asked for`);
  acceptOptions('setWindowOpenHandler', decision, openHandlerAnswers);
  if (decision.action === 'deny') return null;
  if (!['', 'popup'].includes(features))
    throw new Error(`stand-in: window.open features '${features}' are not implemented`);
  return { request: { ...request, url }, options: decision.overrideBrowserWindowOptions ?? {} };
}

export const referrerOf = (opener: WebContents): Electron.Referrer => ({
  url: opener.getURL(),
  policy: 'strict-origin-when-cross-origin',
});

/** For the page's question (request-router.ts): its window comes next, and was allowed. */
export function answerOpen(opener: WebContents, request: OpenRequest): 'allow' | 'deny' {
  const allowed = askToOpen(opener, request);
  if (!allowed) return 'deny';
  expected.set(opener, [...(expected.get(opener) ?? []), allowed]);
  return 'allow';
}

/** The oldest that was allowed and not made yet; null without one. */
export const takeExpected = (opener: WebContents): AllowedOpen | null =>
  expected.get(opener)?.shift() ?? null;

/** For a page that could not wait for the answer: it has denied itself the window. */
export function denyLate(opener: WebContents, request: OpenRequest): void {
  if (askToOpen(opener, request))
    throw new Error(`stand-in: '${request.url}' may open, but its opener cannot wait for that; deny it`);
}
