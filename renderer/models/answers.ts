import type { ModelCandidate } from '../../shared/ipc/model-channels.ts';
import type { InferredModel } from './infer-model.ts';
import type { DraftParameter } from './infer-parameters.ts';

/** What black and white are for a model that works on floats. */
export type ValueRange = '0–1' | '0–255' | '−1–1' | 'imagenet';

export const rangeChoices: readonly { value: ValueRange; label: string }[] = [
  { value: '0–1', label: '0 to 1' },
  { value: '0–255', label: '0 to 255' },
  { value: '−1–1', label: '−1 to 1' },
  { value: 'imagenet', label: 'Normalised as for ImageNet' },
];

/** What a file cannot say of itself. */
export interface Answers {
  title: string;
  /** SPDX expression. */
  license: string;
  /** Of the picture that goes in; a uint8 is 0–255 and nothing else. */
  range: ValueRange;
  /** Of the picture that comes back. */
  outRange: ValueRange;
  /** Of three channels. */
  order: 'RGB' | 'BGR';
  /** Name of the output that is the picture. */
  output: string;
  parameters: DraftParameter[];
}

/** SPDX's word for a licence that is not on its list, and that nobody has told us. */
export const unknownLicence = 'LicenseRef-unknown';

/** What most models want, for the user to correct. */
export function firstAnswers(model: InferredModel, { name }: Pick<ModelCandidate, 'name'>): Answers {
  return {
    title: titleOf(name),
    license: unknownLicence,
    range: '0–1',
    outRange: '0–1',
    order: 'RGB',
    output: model.outputs[0].name,
    parameters: model.parameters,
  };
}

function titleOf(name: string): string {
  const words = name
    .replace(/\.onnx$/i, '')
    .replaceAll(/[_-]+/g, ' ')
    .trim();
  return words === '' ? 'My model' : words.charAt(0).toUpperCase() + words.slice(1);
}
