import { fail, ok } from '../../shared/result.ts';
import { framesPerSecond } from './defaults.ts';
import type { OpenResult } from './opened-source.ts';

/**
 * Captures the screen or window that `choose` has told main to answer with. Chromium wants a user's gesture
 * within the last seconds; without one (a start from the tray) the user is asked to choose again.
 */
export async function openScreen(name: string, choose: () => Promise<void>): Promise<OpenResult> {
  try {
    await choose();
    const stream = await navigator.mediaDevices.getDisplayMedia({
      audio: false,
      video: { frameRate: framesPerSecond },
    });
    const track = stream.getVideoTracks()[0]!;
    return ok({
      track,
      whenEnded: { kind: 'screen-ended', name },
      camera: null,
      release: () => track.stop(),
    });
  } catch (error) {
    const reason = error instanceof DOMException ? error.name : '';
    if (reason === 'NotAllowedError') return fail({ kind: 'denied', what: 'screen' });
    if (reason === 'InvalidStateError') return fail({ kind: 'choose-again', what: 'screen', name });
    return fail({ kind: 'failed', detail: String(error) });
  }
}
