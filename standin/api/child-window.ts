import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from '../chromium/cdp-connection.ts';
import { debugLog, messageOf } from '../core/log.ts';
import { chromium } from '../window/chromium-holder.ts';
import { contentsOfTarget, liveContents } from '../window/live-windows.ts';
import { BrowserWindow } from './browser-window.ts';
import type { WebContents } from './web-contents.ts';
import { askToOpen, referrerOf, takeExpected, type AllowedOpen } from './window-open.ts';

/**
 * A page that another page opened, and that waits for its debugger: by a `window.open` that was answered already,
 * or by a link, a form or a frame, for which the handler is asked now.
 */
export function popupArrived(target: Protocol.Target.TargetInfo, session: CdpSession): void {
  // Chromium does not name the opener of a `noopener` window; with one window there is no doubt.
  const [only] = liveContents.values();
  const opener = target.openerId ? contentsOfTarget(target.openerId) : only;
  const request = { url: target.url, frameName: '', features: '' };
  const allowed = opener ? (takeExpected(opener) ?? askToOpen(opener, request)) : null;
  if (opener && allowed) adopt(opener, { targetId: target.targetId, session }, allowed);
  else close(target.targetId, session);
}

/** The page gets a window of the app around it and goes on. */
function adopt(
  opener: WebContents,
  page: { targetId: string; session: CdpSession },
  { request, options }: AllowedOpen,
): void {
  const window = new BrowserWindow(options, { ...page, opener });
  const { url, frameName } = request;
  const details = { url, frameName, options, referrer: referrerOf(opener), disposition: 'new-window' };
  opener.emit('did-create-window', window, details);
}

/**
 * It is released before it is closed, with its requests held back: closed while it waits, it can leave its opener
 * waiting for ever.
 */
function close(targetId: string, session: CdpSession): void {
  const closing = async (): Promise<void> => {
    await session.send('Fetch.enable', {});
    await session.send('Runtime.runIfWaitingForDebugger');
    await chromium().root.send('Target.closeTarget', { targetId });
  };
  closing().catch((error: unknown) => debugLog('closing a denied window:', messageOf(error)));
}
