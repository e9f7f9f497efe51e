import type { PermissionAnswer } from '../wire/messages.ts';
import type { DisplayMediaHandler } from './permissions.ts';
import type { WebContents } from './web-contents.ts';

/** Asks the app's display media handler which source to give. */
export function chooseDisplaySource(
  contents: WebContents,
  handler: DisplayMediaHandler | null,
  wanted: { video: boolean; audio: boolean },
): Promise<PermissionAnswer> {
  if (!handler) return Promise.resolve({ granted: false, reason: 'Not supported' });
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
