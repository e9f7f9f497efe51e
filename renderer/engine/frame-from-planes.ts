import type { Planes } from '../../pipelines/run/resample.ts';
import { planarToRgbx } from './rgbx-from-planar.ts';

/** Models work on colours as they are displayed. */
const displayed = {
  primaries: 'bt709',
  transfer: 'iec61966-2-1',
  matrix: 'rgb',
  fullRange: true,
} as const satisfies VideoColorSpaceInit;

/**
 * A frame of planar RGB. It owns its buffer, and is the caller's to close.
 *
 * @param scale What white is: 1 or 255.
 * @param timestamp Microseconds.
 */
export function frameFromPlanes(
  { data, width, height }: Planes,
  scale: number,
  timestamp: number,
): VideoFrame {
  const rgbx = new Uint32Array(width * height);
  planarToRgbx(data, rgbx, rgbx.length, scale);
  return new VideoFrame(rgbx, {
    format: 'RGBX',
    codedWidth: width,
    codedHeight: height,
    timestamp,
    colorSpace: displayed,
    transfer: [rgbx.buffer],
  });
}
