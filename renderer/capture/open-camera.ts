import { fail, ok } from '../../shared/result.ts';
import { cameraIdeal, framesPerSecond } from './defaults.ts';
import { listCameras, type Camera } from './list-cameras.ts';
import { matchCamera } from './match-camera.ts';
import type { OpenResult } from './opened-source.ts';
import type { SourceProblem } from './source-problem.ts';

function problemOf(error: unknown, label: string): SourceProblem {
  if (!(error instanceof DOMException)) return { kind: 'failed', detail: String(error) };
  switch (error.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return { kind: 'denied', what: 'camera' };
    case 'NotFoundError':
    case 'OverconstrainedError':
      return label === '' ? { kind: 'no-camera' } : { kind: 'unplugged', label };
    case 'NotReadableError':
    case 'AbortError':
      return { kind: 'busy', label };
    default:
      return { kind: 'failed', detail: error.message };
  }
}

/** Opens the chosen camera, or the first when none was chosen yet; never another than the chosen one. */
export async function openCamera(choice: Camera): Promise<OpenResult> {
  const known = matchCamera(choice, await listCameras());
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: {
        width: { ideal: cameraIdeal.width },
        height: { ideal: cameraIdeal.height },
        frameRate: { ideal: framesPerSecond },
        ...((known ?? choice).deviceId === '' ? {} : { deviceId: { exact: (known ?? choice).deviceId } }),
      },
    });
    const track = stream.getVideoTracks()[0]!;
    const { label } = track;
    return ok({
      track,
      whenEnded: { kind: 'unplugged', label },
      camera: { deviceId: track.getSettings().deviceId ?? choice.deviceId, label },
      release: () => track.stop(),
    });
  } catch (error) {
    return fail(problemOf(error, choice.label));
  }
}
