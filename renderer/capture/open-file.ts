import { fail, ok } from '../../shared/result.ts';
import type { OpenResult } from './opened-source.ts';

/** Waits until the video has its first frame, or cannot be played. */
async function firstFrame(video: HTMLVideoElement): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  video.addEventListener('loadeddata', () => resolve(video.videoWidth > 0), { once: true });
  video.addEventListener('error', () => resolve(false), { once: true });
  video.load();
  return promise;
}

/**
 * Plays a video file in a loop, without sound, outside the document.
 *
 * @param url `blob:` of a dropped file, or what main serves a picked one at.
 */
export async function openFile(url: string, name: string): Promise<OpenResult> {
  const video = document.createElement('video');
  video.muted = true;
  video.loop = true;
  video.playsInline = true;
  video.src = url;
  const release = (): void => {
    video.pause();
    video.removeAttribute('src');
    video.load();
  };
  if (!(await firstFrame(video))) {
    release();
    return fail({ kind: 'file-unplayable', name });
  }
  try {
    await video.play();
    const track = video.captureStream().getVideoTracks()[0];
    if (!track) throw new Error('The video has no picture');
    return ok({
      track,
      whenEnded: { kind: 'file-unplayable', name },
      camera: null,
      release: () => {
        track.stop();
        release();
      },
    });
  } catch (error) {
    release();
    return fail({ kind: 'failed', detail: String(error) });
  }
}
