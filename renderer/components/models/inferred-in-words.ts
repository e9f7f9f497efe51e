import type { InferredModel } from '../../models/infer-model.ts';

const channelsInWords = { 1: 'in grey', 3: 'in colour', 4: 'in colour with an alpha' } as const;

/** What was read from a file, so that whoever knows it better sees a mistake. */
export function inferredInWords({ image, parameters, state }: InferredModel): string {
  const size =
    image.width === null && image.height === null
      ? 'any size'
      : `${image.width ?? image.height} × ${image.height ?? image.width}`;
  const picture = `Works on pictures of ${size}, ${channelsInWords[image.channels]} (${image.layout}, ${image.type})`;
  const more = [
    ...(parameters.length > 0 ? [counted(parameters.length, 'parameter')] : []),
    ...(state.length > 0 ? [`a memory of earlier frames (${counted(state.length, 'tensor')})`] : []),
  ];
  return more.length === 0 ? `${picture}.` : `${picture}, with ${more.join(' and ')}.`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
