import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from '../chromium/cdp-connection.ts';
import { fromReserved } from '../chromium/reserved-origin.ts';
import { debugLog, messageOf } from '../core/log.ts';
import { chromium } from '../window/chromium-holder.ts';
import { contentsOfTarget, liveContents } from '../window/live-windows.ts';
import type { WebContents } from './web-contents.ts';

/** What the page asked for. */
export interface OpenRequest {
  url: string;
  frameName: string;
  features: string;
}

/**
 * Asks the handler of the window that wants to open another one. Only denial is implemented.
 *
 * @throws {Error} When the handler allows the window, or when there is none: real Electron opens it then.
 */
export function askToOpen(opener: WebContents, { url, frameName, features }: OpenRequest): void {
  const address = fromReserved(url);
  const decision = opener.openHandler?.({
    url: address,
    frameName,
    features,
    disposition: 'new-window',
    referrer: { url: opener.getURL(), policy: 'strict-origin-when-cross-origin' },
  });
  if (decision?.action !== 'deny')
    throw new Error(`stand-in: '${address}' may open, but child windows are not implemented; deny it`);
}

/**
 * A link or a form made Chromium open a page, which waits for its debugger. It is released before it is
 * closed, with its requests held back: closed while it waits, it can leave its opener waiting for ever.
 */
export function denyPopup(target: Protocol.Target.TargetInfo, session: CdpSession): void {
  const close = async (): Promise<void> => {
    await session.send('Fetch.enable', {});
    await session.send('Runtime.runIfWaitingForDebugger');
    await chromium().root.send('Target.closeTarget', { targetId: target.targetId });
  };
  close().catch((error: unknown) => debugLog('closing a denied window:', messageOf(error)));
  // Chromium does not name the opener of a `noopener` window; with one window there is no doubt.
  const [only] = liveContents.values();
  const opener = target.openerId ? contentsOfTarget(target.openerId) : only;
  if (opener) askToOpen(opener, { url: target.url, frameName: '', features: '' });
}
