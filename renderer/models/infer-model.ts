import type { ManifestState } from '../../pipelines/manifest.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ModelShape, TensorShape } from '../engine/trial.ts';
import { inferParameters, isParameter, type DraftParameter } from './infer-parameters.ts';
import { pairsByName, pairsByShape, toState } from './pair-states.ts';
import { looksLikePicture, pictureOf, shapeOf, type PictureTensor } from './picture-tensor.ts';

/** What a file's inputs and outputs are for. */
export interface InferredModel {
  image: PictureTensor;
  /** What may be the picture that comes back, the likeliest first. */
  outputs: [PictureTensor, ...PictureTensor[]];
  parameters: DraftParameter[];
  state: ManifestState[];
}

/**
 * Tells picture, parameters and memory apart by names, types and dimensions.
 *
 * @returns The problem is a sentence that says what is wrong and what to do.
 */
export function inferModel({ inputs, outputs }: ModelShape): Result<InferredModel, string> {
  const remembered = pairsByName(inputs, outputs);
  const rest = inputs.filter((input) => !remembered.some((pair) => pair.input === input));
  const parameters = rest.filter((input) => isParameter(input));
  const others = rest.filter((input) => !isParameter(input));
  const image = theImage(others);
  if (!image.ok) return image;

  const unpaired = others.filter(({ name }) => name !== image.value.name);
  const free = outputs.filter((output) => !remembered.some((pair) => pair.output === output));
  const more = pairsByShape(unpaired, free);
  if (!more.ok) return more;
  const pairs = [...remembered, ...more.value];
  const state: ManifestState[] = [];
  for (const pair of pairs) {
    const entry = toState(pair, image.value.layout);
    if (!entry.ok) return entry;
    state.push(entry.value);
  }

  const given = outputs.filter((output) => !pairs.some((pair) => pair.output === output));
  const pictures = theOutputs(given, image.value);
  if (!pictures.ok) return pictures;
  return ok({
    image: image.value,
    outputs: pictures.value,
    parameters: inferParameters(parameters),
    state,
  });
}

function theImage(inputs: readonly TensorShape[]): Result<PictureTensor, string> {
  const pictures = inputs.filter((input) => looksLikePicture(input));
  const [first, ...others] = pictures;
  if (others.length > 0) {
    const names = pictures.map(({ name }) => `“${name}”`).join(', ');
    return fail(
      `It takes ${pictures.length} pictures (${names}), and Linkspan has one to give. Use a model with one picture in and one out.`,
    );
  }
  const candidate = first ?? inputs.find(({ dims }) => dims.length === 4) ?? inputs[0];
  if (candidate === undefined)
    return fail('It takes no picture. Use a model with one picture in and one out.');
  return pictureOf(candidate);
}

type Pictures = InferredModel['outputs'];

function theOutputs(outputs: readonly TensorShape[], image: PictureTensor): Result<Pictures, string> {
  const read = outputs.map((output) => pictureOf(output));
  const pictures = read.flatMap((picture) => (picture.ok ? [picture.value] : []));
  const fitting = pictures.filter((picture) => hasSizeOf(picture, image));
  const [first, ...others] = fitting.toSorted((a, b) => likeness(b, image) - likeness(a, image));
  if (first !== undefined) return ok([first, ...others]);
  const [other] = pictures;
  if (other !== undefined)
    return fail(
      `It gives ${other.width} × ${other.height} for ${image.width} × ${image.height}. Linkspan needs a picture of the same size back.`,
    );
  const [refused] = read;
  const [output] = outputs;
  // A picture of the wrong type is a nearer miss than no picture at all.
  if (output?.dims.length === 4 && refused?.ok === false) return refused;
  const given = outputs.map((tensor) => `“${tensor.name}” ${shapeOf(tensor)}`).join(', ');
  return fail(`It gives no picture back${given === '' ? '' : `, only ${given}`}.`);
}

function hasSizeOf(picture: PictureTensor, image: PictureTensor): boolean {
  const fits = (side: number | null, other: number | null): boolean =>
    side === null || other === null || side === other;
  return fits(picture.width, image.width) && fits(picture.height, image.height);
}

/** Rather the colours that went in than a mask; else the first. */
const likeness = (picture: PictureTensor, image: PictureTensor): number =>
  Number(picture.channels === image.channels) + Number(picture.layout === image.layout);
