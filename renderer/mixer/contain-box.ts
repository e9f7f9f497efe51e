import type { FrameSize } from '../../shared/settings/schema.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Bars narrower than this, both sides together, are no bars but rounding: encoders scale to even lengths. */
const roundingPixels = 3;

/**
 * Where in the target a picture lies that keeps its shape and is wholly visible ("contain"), in whole pixels; the rest
 * is bars. A picture of the target's own shape, but for rounding, fills it.
 *
 * @param source Width and height in pixels, both above 0.
 * @param target Width and height in pixels, both above 0.
 */
export function containBox(source: FrameSize, target: FrameSize): Box {
  const scale = Math.min(target.width / source.width, target.height / source.height);
  const width = fill(source.width * scale, target.width);
  const height = fill(source.height * scale, target.height);
  const x = Math.floor((target.width - width) / 2);
  const y = Math.floor((target.height - height) / 2);
  return { x, y, width, height };
}

function fill(length: number, whole: number): number {
  return whole - length < roundingPixels ? whole : Math.max(1, Math.round(length));
}
