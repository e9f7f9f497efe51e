import type { Studio } from '../../scripts/drive/studio.ts';
import type { FrameSize } from '../../shared/settings/schema.ts';

interface PaceOfModel {
  /** As in `384×384, every second frame`. */
  text: string;
  /** Every frame, in the size that was asked for. */
  isFull: boolean;
}

/**
 * What the engine does to keep up, as the window tells its user: a figure of 512×512 is worth nothing if the model saw
 * 384×384. To be read once this computer's picture has been shown for a while.
 *
 * @param asked The source's size.
 */
export async function readPaceOfModel(studio: Studio, asked: FrameSize): Promise<PaceOfModel> {
  await studio.shows('local');
  const note = studio.part('quality');
  return paceIn((await note.isVisible()) ? await note.innerText() : '', asked);
}

/** @param words The note's; empty where there is none. */
export function paceIn(words: string, asked: FrameSize): PaceOfModel {
  if (words === '') return { text: sizeText(asked.width, asked.height), isFull: true };
  if (words.includes('too heavy')) return { text: 'too heavy', isFull: false };
  const [, width, height] = /at (\d+)\s×\s(\d+)/.exec(words) ?? [];
  const size = sizeText(width ?? asked.width, height ?? asked.height);
  return {
    text: words.includes('every second frame') ? `${size}, every second frame` : size,
    isFull: false,
  };
}

const sizeText = (width: number | string, height: number | string): string => `${width}×${height}`;
