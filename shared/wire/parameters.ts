import * as v from 'valibot';

/**
 * A parameter's value as it travels: a number (range, seed, toggle as 0 or 1, enum as the option's index),
 * a text (prompt), or a colour as three numbers 0–1 (red, green, blue; sRGB as displayed).
 */
export const parameterValue = v.union([
  v.pipe(v.number(), v.finite()),
  v.pipe(v.string(), v.maxLength(8192)),
  v.boolean(),
  v.pipe(v.array(v.pipe(v.number(), v.finite())), v.maxLength(16)),
]);

const name = v.pipe(v.string(), v.maxLength(64));
const areFew = (values: Record<string, unknown>): boolean => Object.keys(values).length <= 128;
const tooMany = 'at most 128 parameters';

/** Values by parameter name. Unknown names are ignored by runners and kept by the app. */
export const parameterValues = v.pipe(
  v.record(name, parameterValue),
  v.check((values) => areFew(values), tooMany),
);

/**
 * The same from a client that may be another's, whose parameters have forms that ours have not (the base protocol's
 * `prompts` are objects): those are left out, as unknown names are. The session goes on without them.
 */
export const tolerantParameterValues = v.pipe(
  v.record(name, v.unknown()),
  v.check((values) => areFew(values), tooMany),
  v.transform((values) => {
    const known = Object.entries(values).filter((entry): entry is [string, ParameterValue] =>
      v.is(parameterValue, entry[1]),
    );
    return Object.fromEntries(known);
  }),
);

const base = {
  name: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]*$/), v.maxLength(64)),
  label: v.string(),
  /** One sentence for the tooltip. */
  description: v.optional(v.string()),
};

/** What the panel needs to draw one control. */
export const parameterSpec = v.variant('kind', [
  v.object({
    ...base,
    kind: v.literal('range'),
    min: v.number(),
    max: v.number(),
    step: v.number(),
    default: v.number(),
    unit: v.optional(v.string()),
  }),
  v.object({ ...base, kind: v.literal('enum'), options: v.array(v.string()), default: v.number() }),
  v.object({ ...base, kind: v.literal('toggle'), default: v.number() }),
  v.object({ ...base, kind: v.literal('seed'), default: v.number() }),
  v.object({ ...base, kind: v.literal('color'), default: v.tuple([v.number(), v.number(), v.number()]) }),
  v.object({ ...base, kind: v.literal('text'), default: v.string(), maxLength: v.optional(v.number()) }),
]);

export type ParameterValue = v.InferOutput<typeof parameterValue>;
export type ParameterValues = v.InferOutput<typeof parameterValues>;
export type ParameterSpec = v.InferOutput<typeof parameterSpec>;

/** The values a pipeline starts with. */
export function defaultValues(specs: readonly ParameterSpec[]): ParameterValues {
  return Object.fromEntries(specs.map((spec) => [spec.name, spec.default]));
}
