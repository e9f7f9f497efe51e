import type { ParameterValues } from '../../shared/wire/parameters.ts';

const colours = {
  red: [1, 0, 0],
  green: [0, 1, 0],
  blue: [0, 0, 1],
} as const;

export type Colour = keyof typeof colours;
export type PipelineId = 'sketch' | 'passthrough' | 'thermal';

/** What the user asked for last. */
export interface Wishes {
  pipelineId: PipelineId;
  /** Of the sketch, ink and paper alike: its picture has no other, so that the page shows which values are in force. */
  colour: Colour;
}

export function parametersOf({ pipelineId, colour }: Wishes): ParameterValues {
  if (pipelineId !== 'sketch') return {};
  return { ink: [...colours[colour]], paper: [...colours[colour]] };
}

/** @param shown Mean red, green and blue of a picture, 0–255. */
export function isColour(shown: readonly number[], colour: Colour): boolean {
  return colours[colour].every((share, index) => (share === 1 ? shown[index]! > 150 : shown[index]! < 100));
}
