import type { Manifest } from '../../pipelines/manifest.ts';
import type { FrameSize } from '../../shared/settings/schema.ts';

type ImageSize = Manifest['io']['image']['size'];

/**
 * The sizes in which frames of a source are given to a model, largest first, no two alike. A budget's entry says how
 * many pixels; the shape is the source's, as far as whole pixels go. Never larger than the source.
 *
 * A model of fixed size has one: as small as can be without a loss, since the model scales what it gets itself.
 */
export function qualitySizes(
  budget: Manifest['budget']['sizes'],
  source: FrameSize,
  image: ImageSize,
): FrameSize[] {
  if (image.mode === 'fixed') {
    const scale = Math.min(1, Math.max(image.width / source.width, image.height / source.height));
    return [{ width: Math.ceil(source.width * scale), height: Math.ceil(source.height * scale) }];
  }
  const [maxWidth, maxHeight] = image.max ?? [source.width, source.height];
  const most = Math.min(1, maxWidth / source.width, maxHeight / source.height);
  const sizes = budget
    .map(([width, height]) => Math.sqrt((width * height) / (source.width * source.height)))
    .toSorted((a, b) => b - a)
    .map((share) => scaled(source, Math.min(most, share), image.multipleOf));
  return sizes.filter(
    ({ width, height }, index) =>
      sizes.findIndex((other) => other.width === width && other.height === height) === index,
  );
}

/** Sides that were chosen here are even, so that each pixel of colour covers whole pixels; a source's are kept. */
function scaled({ width, height }: FrameSize, scale: number, multipleOf: number): FrameSize {
  const step = scale < 1 && multipleOf % 2 === 1 ? multipleOf * 2 : multipleOf;
  const side = (length: number): number => Math.max(1, Math.floor(Math.round(length * scale) / step)) * step;
  return { width: side(width), height: side(height) };
}
