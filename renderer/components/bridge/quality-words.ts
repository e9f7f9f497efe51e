import type { FrameSize } from '../../../shared/settings/schema.ts';
import type { LocalQuality } from '../../engine/local-state.ts';

/** What the ladder has done, in a sentence; null when the model gets every frame at the size that was chosen. */
export function qualityWords(
  { size, everySecond, tooHeavy }: LocalQuality,
  source: FrameSize,
): string | null {
  if (tooHeavy) return 'This model is too heavy for a smooth picture on this computer.';
  const smaller = size.width * size.height < source.width * source.height;
  if (!smaller && !everySecond) return null;
  const at = smaller ? `at ${size.width}\u00A0×\u00A0${size.height}` : '';
  const often = everySecond ? 'for every second frame' : '';
  return `To keep up, this computer runs the model ${[at, often].filter((part) => part !== '').join(' and ')}.`;
}
