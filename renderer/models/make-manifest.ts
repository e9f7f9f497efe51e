import { parseManifest, type ImageFormat, type Manifest } from '../../pipelines/manifest.ts';
import type { ManifestParameter } from '../../pipelines/manifest-parameter.ts';
import type { Result } from '../../shared/result.ts';
import type { Answers, ValueRange } from './answers.ts';
import { largestFrame, sizesTried, targetMs } from './defaults.ts';
import type { InferredModel } from './infer-model.ts';
import type { DraftParameter } from './infer-parameters.ts';
import type { PictureTensor } from './picture-tensor.ts';
import type { Fitting } from './try-model.ts';

/** Means and deviations of the pictures that many networks were trained on, red, green, blue. */
const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/**
 * The manifest of a model, from its file, the user's answers and what a trial found. Id, digest and size in bytes are
 * main's to fill in.
 *
 * @param fitting Null before the trial.
 * @returns The problem names the field and what is wrong with it.
 */
export function makeManifest(
  model: InferredModel,
  answers: Answers,
  opset: number,
  fitting: Fitting | null,
): Result<Manifest, string> {
  const out = model.outputs.find(({ name }) => name === answers.output) ?? model.outputs[0];
  const fixed = fixedSize(model.image);
  const manifest: Manifest = {
    schema: 1,
    id: 'candidate',
    version: '1',
    title: answers.title.trim(),
    description: '',
    file: 'model.onnx',
    sha256: '0'.repeat(64),
    bytes: 1,
    license: answers.license.trim(),
    runtime: { opset, ep: ['webgpu', 'cuda', 'wasm', 'cpu'], precision: 'fp32', identity: false },
    io: {
      image: {
        ...formatOf(model.image, answers.range, answers.order),
        name: model.image.name,
        size:
          fixed === null
            ? { mode: 'any', multipleOf: fitting?.multipleOf ?? 1, max: largestFrame }
            : { mode: 'fixed', width: fixed[0], height: fixed[1] },
        fit: 'cover',
      },
      out: { ...formatOf(out, answers.outRange, answers.order), name: out.name, clamp: true },
      params: answers.parameters.map((parameter) => toParameter(parameter)),
      state: model.state,
    },
    budget: { sizes: fitting?.sizes ?? (fixed === null ? sizesTried.toReversed() : [fixed]), targetMs },
  };
  return parseManifest(JSON.stringify(manifest));
}

/** [width, height]; null when it may have any. A side that is free follows the other one. */
function fixedSize({ width, height }: PictureTensor): [number, number] | null {
  const either = width ?? height;
  return either === null ? null : [width ?? either, height ?? either];
}

function formatOf(
  { layout, type, channels: count }: PictureTensor,
  range: ValueRange,
  order: Answers['order'],
): ImageFormat {
  const channels = count === 1 ? 'Y' : count === 4 ? 'RGBA' : order;
  const base = { layout, type, channels } as const;
  if (type === 'uint8') return { ...base, scale: 255 };
  switch (range) {
    case '0–1':
      return { ...base, scale: 1 };
    case '0–255':
      return { ...base, scale: 255 };
    case '−1–1':
      return { ...base, scale: 1, mean: Array(count).fill(0.5), std: Array(count).fill(0.5) };
    case 'imagenet':
      return {
        ...base,
        scale: 1,
        mean: inOrder(imagenet.mean, channels, 0),
        std: inOrder(imagenet.std, channels, 1),
      };
    default:
      return range satisfies never;
  }
}

/** @param alpha What the fourth channel has, which is no colour. */
function inOrder(rgb: readonly number[], channels: ImageFormat['channels'], alpha: number): number[] {
  switch (channels) {
    case 'BGR':
      return rgb.toReversed();
    case 'RGBA':
      return [...rgb, alpha];
    case 'Y':
      return [rgb.reduce((sum, value) => sum + value, 0) / rgb.length];
    case 'RGB':
      return [...rgb];
    default:
      return channels satisfies never;
  }
}

function toParameter(parameter: DraftParameter): ManifestParameter {
  const { kind, name, input } = parameter;
  const named = { name, input, label: parameter.label.trim() };
  if (kind === 'color') return { kind, ...named, default: [1, 1, 1] };
  const { min, max } = parameter;
  return { kind, ...named, min, max, step: stepOf(max - min), default: parameter.default };
}

/** About a hundred steps, of a round width. */
function stepOf(span: number): number {
  return span > 0 ? 10 ** Math.floor(Math.log10(span) - 2) : 0.01;
}
