/** A rectangle in pixels of the source. */
export interface Crop {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * The largest centred part of a source that has the target's aspect ratio ("cover"): nothing is distorted,
 * nothing is left empty, what overhangs is cut off evenly on both sides.
 *
 * @param source Width and height in pixels, both above 0.
 * @param target Width and height in pixels, both above 0.
 * @throws {RangeError} If a length is not above 0; that is a programming error.
 */
export function coverCrop(
  source: { width: number; height: number },
  target: { width: number; height: number },
): Crop {
  for (const length of [source.width, source.height, target.width, target.height])
    if (!(length > 0)) throw new RangeError(`coverCrop: a length must be above 0, got ${length}`);
  const scale = Math.min(source.width / target.width, source.height / target.height);
  // Rounding may overshoot by a hair, and a crop that leaves the source is refused.
  const width = Math.min(source.width, target.width * scale);
  const height = Math.min(source.height, target.height * scale);
  return { x: (source.width - width) / 2, y: (source.height - height) / 2, width, height };
}
