import type { ManifestState } from '../../pipelines/manifest.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { TensorShape } from '../engine/trial.ts';
import { shapeOf, type Layout } from './picture-tensor.ts';

interface Pair {
  input: TensorShape;
  output: TensorShape;
}

/** The inputs that come back as outputs called the same with `.next`: what a model remembers. */
export function pairsByName(inputs: readonly TensorShape[], outputs: readonly TensorShape[]): Pair[] {
  return inputs.flatMap((input) => {
    const output = outputs.find(({ name }) => name === `${input.name}.next`);
    return output ? [{ input, output }] : [];
  });
}

/**
 * The same for inputs without such a name: each with the one output of its shape and type, when there is but one and
 * no other input wants it.
 *
 * @returns A problem that names the input which nothing comes back for.
 */
export function pairsByShape(
  inputs: readonly TensorShape[],
  outputs: readonly TensorShape[],
): Result<Pair[], string> {
  const pairs: Pair[] = [];
  for (const input of inputs) {
    const alike = (other: TensorShape): boolean =>
      other.type === input.type && shapeOf(other) === shapeOf(input);
    const [output, ...others] = outputs.filter((candidate) => alike(candidate));
    if (output === undefined || others.length > 0 || inputs.filter((other) => alike(other)).length > 1)
      return fail(
        `It also takes “${input.name}”, ${input.type} ${shapeOf(input)}, which Linkspan cannot give it. ` +
          'Numbers are float32 [1], colours float32 [3], and a memory “x” comes back as “x.next”.',
      );
    pairs.push({ input, output });
  }
  return ok(pairs);
}

/** @param layout Of the picture: a memory of any size follows the picture's. */
export function toState({ input, output }: Pair, layout: Layout): Result<ManifestState, string> {
  if (input.type !== 'float32')
    return fail(`Its memory “${input.name}” is of type ${input.type}. Linkspan keeps float32 only.`);
  const sides = layout === 'NCHW' ? ({ 2: 'h', 3: 'w' } as const) : ({ 1: 'h', 2: 'w' } as const);
  const dims = input.dims.map((dim, index) => {
    if (dim !== null) return dim;
    if (index === 0) return 1;
    return input.dims.length === 4 ? (sides[index as keyof typeof sides] ?? null) : null;
  });
  if (!dims.every((dim) => dim !== null))
    return fail(
      `Its memory “${input.name}” is ${shapeOf(input)}: that it may have any size says too little.`,
    );
  return ok({ input: input.name, output: output.name, dims, init: 'zero', reset: ['switch', 'resize'] });
}
