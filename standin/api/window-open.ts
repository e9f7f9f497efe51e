import type { Protocol } from 'devtools-protocol';
import { fromReserved } from '../chromium/reserved-origin.ts';
import { debugLog, messageOf } from '../core/log.ts';
import { chromium } from '../window/chromium-holder.ts';
import { contentsOfTarget, liveContents } from '../window/live-windows.ts';

/**
 * A page opened another one. It is still paused and has requested nothing: the opener's handler decides
 * whether it lives. Only denial is implemented; an allowed window throws.
 */
export function decidePopup(target: Protocol.Target.TargetInfo): void {
  // Chromium does not name the opener of a `noopener` window; with one window there is no doubt.
  const [only] = liveContents.values();
  const opener = target.openerId ? contentsOfTarget(target.openerId) : only;
  const url = fromReserved(target.url);
  const decision = opener?.openHandler?.({
    url,
    frameName: '',
    features: '',
    disposition: 'new-window',
    referrer: { url: opener.getURL(), policy: 'strict-origin-when-cross-origin' },
  });
  if (decision?.action === 'allow')
    throw new Error(`stand-in: setWindowOpenHandler allowed '${url}', but child windows are not implemented`);
  chromium()
    .root.send('Target.closeTarget', { targetId: target.targetId })
    .catch((error: unknown) => debugLog('closing a denied window:', messageOf(error)));
}
