import { useEffect, useState, type RefObject } from 'react';
import { FrameMeter } from './frame-meter.ts';

/** How often the figure on screen is renewed: faster can't be read. */
const readEveryMs = 1_000;

/**
 * Counts the frames that a video presents. The total stands in the element's `data-frames`, frames per second
 * of the last second in `data-fps`; both are for tests and tools. While no frame comes nothing is read, so that an app
 * at rest is not woken.
 *
 * @returns Frames per second, null before the first reading.
 */
export function useFrameMeter(video: RefObject<HTMLVideoElement | null>): number | null {
  const [fps, setFps] = useState<number | null>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const meter = new FrameMeter();
    let timer: ReturnType<typeof setInterval> | undefined;
    const rest = (): void => {
      clearInterval(timer);
      timer = undefined;
    };
    const read = (): void => {
      const reading = meter.read(performance.now());
      element.setAttribute('data-fps', reading.toFixed(1));
      setFps(reading);
      if (reading === 0) rest();
    };
    const start = (): void => {
      meter.read(performance.now());
      timer = setInterval(read, readEveryMs);
    };
    const count: VideoFrameRequestCallback = (_now, { presentedFrames }) => {
      meter.presented(presentedFrames);
      if (timer === undefined) start();
      element.setAttribute('data-frames', String(meter.total));
      handle = element.requestVideoFrameCallback(count);
    };
    let handle = element.requestVideoFrameCallback(count);
    element.setAttribute('data-frames', '0');
    return () => {
      rest();
      element.cancelVideoFrameCallback(handle);
    };
  }, [video]);
  return fps;
}
