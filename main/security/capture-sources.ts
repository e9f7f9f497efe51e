import { desktopCapturer, type Session } from 'electron';
import type { CaptureSource } from '../../shared/ipc/contract.ts';
import type { Log } from '../diagnostics/log.ts';
import { isAppOrigin } from './app-origin.ts';
import type { CaptureChoice } from './capture-choice.ts';

/** Size of a thumbnail in the picker, in pixels. */
const thumbnailSize = { width: 320, height: 180 };

const find = (size: { width: number; height: number }): Promise<Electron.DesktopCapturerSource[]> =>
  desktopCapturer.getSources({ types: ['screen', 'window'], thumbnailSize: size });

/** Screens and windows that can be captured, with pictures of them. */
export async function listCaptureSources(): Promise<CaptureSource[]> {
  const sources = await find(thumbnailSize);
  return sources.map(({ id, name, thumbnail }) => ({
    id,
    name,
    kind: id.startsWith('screen:') ? 'screen' : 'window',
    thumbnail: thumbnail.isEmpty() ? '' : thumbnail.toDataURL(),
  }));
}

/** Gives the page the screen or window that the user chose in our own picker; else nothing. */
export function answerDisplayMedia(session: Session, choice: CaptureChoice, log: Log): void {
  const chosen = async (origin: string): Promise<Electron.DesktopCapturerSource | null> => {
    const id = choice.take();
    if (id === null || !isAppOrigin(origin)) return null;
    try {
      // No thumbnails: only the id is looked for.
      const sources = await find({ width: 0, height: 0 });
      return sources.find((source) => source.id === id) ?? null;
    } catch (error) {
      log.error('screen capture:', error);
      return null;
    }
  };
  session.setDisplayMediaRequestHandler(async (request, answer) => {
    const source = await chosen(request.securityOrigin);
    answer(source === null ? null : { video: source });
  });
}
