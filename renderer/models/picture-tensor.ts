import { fail, ok, type Result } from '../../shared/result.ts';
import type { TensorShape } from '../engine/trial.ts';

export type Layout = 'NCHW' | 'NHWC';

/** An input or output that is a picture. A side that may have any length is null. */
export interface PictureTensor {
  name: string;
  layout: Layout;
  type: 'float32' | 'uint8';
  channels: 1 | 3 | 4;
  width: number | null;
  height: number | null;
}

const example = '[1, 3, height, width]';

export const shapeOf = ({ dims }: TensorShape): string => `[${dims.map((dim) => dim ?? 'any').join(', ')}]`;

/** Whether it could be a picture by its dimensions, whatever else may be wrong with it. */
export function looksLikePicture({ dims }: TensorShape): boolean {
  return dims.length === 4 && (isChannels(dims[1]) || isChannels(dims[3]));
}

/** @returns The problem is a sentence that says what is wrong and what to do. */
export function pictureOf(tensor: TensorShape): Result<PictureTensor, string> {
  const { name, type, dims } = tensor;
  if (dims.length !== 4)
    return fail(
      `“${name}” is ${shapeOf(tensor)}, which is no picture: that has four dimensions, ${example}.`,
    );
  const [batch, second, third, fourth] = dims;
  if (batch !== 1 && batch !== null)
    return fail(`“${name}” takes ${batch} pictures at once. Export the model with a batch size of 1.`);
  if (type !== 'float32' && type !== 'uint8')
    return fail(
      `“${name}” is of type ${type}. Linkspan works with float32 and uint8; export the model with one of these.`,
    );
  // Planes first where both could be it: no picture is 1, 3 or 4 pixels high.
  if (isChannels(second))
    return ok({ name, type, layout: 'NCHW', channels: second, ...sides(third, fourth) });
  if (isChannels(fourth))
    return ok({ name, type, layout: 'NHWC', channels: fourth, ...sides(second, third) });
  const unknown = second === null || fourth === null;
  return fail(
    unknown
      ? `“${name}” is ${shapeOf(tensor)} and does not say which are its channels. Export the model with a fixed number of them, as in ${example}.`
      : `“${name}” is ${shapeOf(tensor)}. A picture has 1, 3 or 4 channels, as in ${example}.`,
  );
}

const isChannels = (dim: number | null | undefined): dim is 1 | 3 | 4 => dim === 1 || dim === 3 || dim === 4;

const sides = (
  height: number | null | undefined,
  width: number | null | undefined,
): Pick<PictureTensor, 'height' | 'width'> => ({ height: height ?? null, width: width ?? null });
