import { canCaptureDisplay } from '../chromium/switches.ts';
import type { PermissionAnswer } from '../wire/messages.ts';
import type { DisplayMediaHandler } from './permissions.ts';
import type { WebContents } from './web-contents.ts';

const noScreen =
  'stand-in: there is no screen to capture without a display; start the app with --use-fake-device-for-media-stream';

/**
 * Asks the app's display media handler which source to give. A refusal without reason is the app's own.
 * What is captured is the whole screen (or Chromium's generated picture), whatever source was chosen.
 */
export function chooseDisplaySource(
  contents: WebContents,
  handler: DisplayMediaHandler | null,
  wanted: { video: boolean; audio: boolean },
): Promise<PermissionAnswer> {
  if (!handler) return Promise.resolve({ granted: false, reason: 'Not supported' });
  if (!canCaptureDisplay()) return Promise.resolve({ granted: false, reason: noScreen });
  return new Promise((resolve) => {
    const request = {
      frame: contents.mainFrame,
      securityOrigin: contents.mainFrame.origin,
      videoRequested: wanted.video,
      audioRequested: wanted.audio,
      userGesture: true,
    } as unknown as Electron.DisplayMediaRequestHandlerHandlerRequest;
    handler(request, (streams) => {
      resolve(streams?.video ? { granted: true } : { granted: false, reason: '' });
    });
  });
}
