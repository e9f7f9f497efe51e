import * as v from 'valibot';

/**
 * One parameter of a model: how it is shown, and the graph input it is written to. All inputs are float32,
 * `[1]`, but for colours (float32 `[3]`, sRGB 0–1) and texts (string `[1]`).
 */
const finite = v.pipe(v.number(), v.finite());
const share = v.pipe(finite, v.minValue(0), v.maxValue(1));

/** float32 holds whole numbers exactly up to here, so seeds end here. */
export const maxSeed = 2 ** 24 - 1;

const base = {
  name: v.pipe(
    v.string(),
    v.regex(/^[a-z][a-z0-9_]*$/, 'Use lower-case letters, digits and underscores'),
    v.maxLength(64),
  ),
  input: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
  label: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** One sentence for the tooltip. */
  description: v.optional(v.pipe(v.string(), v.maxLength(256))),
};

/** Milliseconds in which a change glides to its new value instead of jumping. */
const smoothMs = v.optional(v.pipe(finite, v.minValue(0), v.maxValue(10_000)));

export const manifestParameter = v.variant('kind', [
  v.pipe(
    v.object({
      ...base,
      kind: v.literal('range'),
      min: finite,
      max: finite,
      step: v.pipe(finite, v.gtValue(0)),
      unit: v.optional(v.pipe(v.string(), v.maxLength(16))),
      default: finite,
      smoothMs,
    }),
    v.check((range) => range.min < range.max, 'min must be below max'),
    v.check(
      (range) => range.default >= range.min && range.default <= range.max,
      'default must lie between min and max',
    ),
  ),
  v.pipe(
    v.object({
      ...base,
      kind: v.literal('enum'),
      /** Labels; the value is the index. */
      options: v.pipe(
        v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
        v.minLength(2),
        v.maxLength(64),
      ),
      default: v.pipe(finite, v.integer(), v.minValue(0)),
    }),
    v.check((choice) => choice.default < choice.options.length, 'default must be the index of an option'),
  ),
  v.object({ ...base, kind: v.literal('toggle'), default: v.picklist([0, 1]) }),
  v.object({
    ...base,
    kind: v.literal('seed'),
    default: v.pipe(finite, v.integer(), v.minValue(0), v.maxValue(maxSeed)),
  }),
  /** Filled by the host: seconds since the model was loaded. Never shown. */
  v.object({ ...base, kind: v.literal('time') }),
  v.object({ ...base, kind: v.literal('color'), default: v.tuple([share, share, share]), smoothMs }),
  v.object({
    ...base,
    kind: v.literal('text'),
    default: v.pipe(v.string(), v.maxLength(8192)),
    maxLength: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8192))),
  }),
]);

export type ManifestParameter = v.InferOutput<typeof manifestParameter>;
