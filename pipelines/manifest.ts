import * as v from 'valibot';
import { type Result, fail, ok } from '../shared/result.ts';
import { manifestParameter } from './manifest-parameter.ts';

/**
 * `model.json`, beside every .onnx file: what a host (the runner, the local route) needs to run the model
 * without knowing it. Unknown fields are ignored, so that a later minor addition does not shut out older hosts.
 */
const valueName = v.pipe(v.string(), v.minLength(1), v.maxLength(256));
const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096));
const perChannel = v.pipe(v.array(v.pipe(v.number(), v.finite())), v.minLength(1), v.maxLength(4));

const tensorFormat = {
  name: valueName,
  layout: v.picklist(['NCHW', 'NHWC']),
  type: v.picklist(['float32', 'uint8']),
  /** The order of the channels, and by that their number; `Y` is one channel of luma, an alpha is 1. */
  channels: v.picklist(['RGB', 'BGR', 'RGBA', 'Y']),
  /** What white is: 1 or 255. */
  scale: v.picklist([1, 255]),
  /** The model works on `(x - mean) / std`, per channel, where x lies in 0–scale. */
  mean: v.optional(perChannel),
  std: v.optional(
    v.pipe(
      perChannel,
      v.check((values) => !values.includes(0), 'must not hold 0'),
    ),
  ),
};

const imageInput = v.object({
  ...tensorFormat,
  size: v.variant('mode', [
    /** Any frame; sides are rounded to a multiple, and scaled down to `max` [width, height] when larger. */
    v.object({
      mode: v.literal('any'),
      multipleOf: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(256)), 1),
      max: v.optional(v.tuple([size, size])),
    }),
    v.object({ mode: v.literal('fixed'), width: size, height: size }),
  ]),
  /** How a frame meets another shape: crop it, put bars around it, or distort it. */
  fit: v.picklist(['cover', 'contain', 'stretch']),
});

const imageOutput = v.object({
  ...tensorFormat,
  /** Whether values may lie outside 0–scale, so that the host has to clamp them. */
  clamp: v.boolean(),
});

/** A tensor that the model gives back after each frame and wants again with the next. */
const state = v.object({
  input: valueName,
  output: valueName,
  /** `h` and `w` stand for the size of the image that the model sees. */
  dims: v.pipe(v.array(v.union([size, v.picklist(['h', 'w'])])), v.minLength(1), v.maxLength(6)),
  /** `image`: starts as the first frame, in the format of `io.image`. */
  init: v.picklist(['zero', 'image']),
  /** When it starts anew. A load always resets; dims with `h` or `w` always reset on `resize`. */
  reset: v.array(v.picklist(['switch', 'resize'])),
});

const manifest = v.pipe(
  v.object({
    schema: v.literal(1),
    id: v.pipe(
      v.string(),
      v.regex(/^[a-z0-9][a-z0-9-]*$/, 'Use lower-case letters, digits and dashes'),
      v.maxLength(64),
    ),
    version: v.pipe(v.string(), v.maxLength(64)),
    title: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
    description: v.optional(v.pipe(v.string(), v.maxLength(1024)), ''),
    /** Lies in the folder of the manifest: a bare name, never a path. */
    file: v.pipe(
      v.string(),
      v.regex(/^[\w][\w.-]*\.onnx$/, 'Use the bare name of an .onnx file beside model.json'),
      v.maxLength(128),
    ),
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'Use 64 lower-case hexadecimal digits')),
    bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** SPDX expression. */
    license: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
    runtime: v.object({
      opset: v.pipe(v.number(), v.integer(), v.minValue(1)),
      /** Execution providers that give the right picture, best first; a host takes the first that it has. */
      ep: v.pipe(v.array(v.picklist(['webgpu', 'wasm', 'cpu', 'cuda', 'dml', 'coreml'])), v.minLength(1)),
      precision: v.picklist(['fp32', 'fp16']),
      /** The output is the input: a host may hand frames through untouched instead of running the model. */
      identity: v.optional(v.boolean(), false),
    }),
    io: v.object({
      image: imageInput,
      out: imageOutput,
      params: v.pipe(v.array(manifestParameter), v.maxLength(64)),
      state: v.pipe(v.array(state), v.maxLength(16)),
    }),
    budget: v.object({
      /** [width, height], best first: what to fall back to where the machine is too slow. */
      sizes: v.pipe(v.array(v.tuple([size, size])), v.minLength(1)),
      /** Milliseconds that one run may take. */
      targetMs: v.pipe(v.number(), v.minValue(1)),
    }),
  }),
  v.check(
    ({ io }) => unique(io.params.map((parameter) => parameter.name)),
    'Two parameters have the same name',
  ),
  v.check(
    ({ io }) => unique([io.image.name, ...io.params.map((p) => p.input), ...io.state.map((s) => s.input)]),
    'Two inputs have the same name',
  ),
  v.check(
    ({ io }) => unique([io.out.name, ...io.state.map((entry) => entry.output)]),
    'Two outputs have the same name',
  ),
);

export type Manifest = v.InferOutput<typeof manifest>;
export type ImageFormat = Pick<
  Manifest['io']['image'],
  'layout' | 'type' | 'channels' | 'scale' | 'mean' | 'std'
>;
export type ManifestState = Manifest['io']['state'][number];

/** Reads the text of a `model.json`. The problem names the field and what is wrong with it. */
export function parseManifest(json: string): Result<Manifest, string> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return fail(`model.json is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = v.safeParse(manifest, value);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  return fail(`model.json${path === null ? '' : `, ${path}`}: ${issue.message}`);
}

function unique(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}
