import path from 'node:path';
import { app } from '../api/app.ts';
import { popupArrived } from '../api/child-window.ts';
import { ChromiumProcess } from '../chromium/chromium-process.ts';
import { holdChromium } from './chromium-holder.ts';
import { contentsOfTarget } from './live-windows.ts';
import { routeAppRequests } from './request-router.ts';

/** Starts Chromium with its profile inside the app's own data folder and wires it to the API. */
export async function startChromium(): Promise<void> {
  const profile = path.join(app.getPath('sessionData'), 'standin-chromium');
  const chromium = await ChromiumProcess.start(profile, app.userAgentFallback, {
    popup: popupArrived,
    // Also when a user closes the window: Chromium asks nobody, so no `close` event can veto it.
    destroyed: (targetId) => contentsOfTarget(targetId)?.owner.destroy(),
    crashed: (targetId, _status, errorCode) => contentsOfTarget(targetId)?.crashed(errorCode),
  });
  process.once('exit', () => chromium.kill());
  await routeAppRequests(chromium.root);
  holdChromium(chromium);
}
