import type { InferenceSession } from 'onnxruntime-common';
import type { Manifest } from '../manifest.ts';
import { tensorDims } from './tensor-format.ts';

type Metadata = readonly InferenceSession.ValueMetadata[];

/** What a manifest says about one input or output. A null dimension may be anything. */
interface Expected {
  name: string;
  type: string;
  dims: readonly (number | null)[];
}

/**
 * Compares what a manifest promises with what the model has, so that a mistake is told at load by name rather
 * than by a failing run.
 *
 * @returns The first difference, or null.
 */
export function checkModel(manifest: Manifest, inputs: Metadata, outputs: Metadata): string | null {
  const expectedInputs = [imageInput(manifest), ...parameterInputs(manifest), ...stateInputs(manifest)];
  const { out, state } = manifest.io;
  const expectedOutputs = [
    { name: out.name, type: out.type, dims: tensorDims(out, 1, 1).map((dim) => (dim === 1 ? null : dim)) },
    ...state.map((entry) => ({ name: entry.output, type: 'float32', dims: entry.dims.map(() => null) })),
  ];
  for (const expected of expectedInputs) {
    const problem = compare('input', expected, inputs);
    if (problem !== null) return problem;
  }
  for (const expected of expectedOutputs) {
    const problem = compare('output', expected, outputs);
    if (problem !== null) return problem;
  }
  const unfed = inputs.find(({ name }) => !expectedInputs.some((expected) => expected.name === name));
  return unfed ? `it has an input "${unfed.name}" that the manifest does not name` : null;
}

function imageInput({ io: { image } }: Manifest): Expected {
  const { size } = image;
  const [width, height] = size.mode === 'fixed' ? [size.width, size.height] : [1, 1];
  const dims = tensorDims(image, width, height);
  const sides = image.layout === 'NCHW' ? [2, 3] : [1, 2];
  const free = size.mode === 'any';
  return { ...image, dims: dims.map((dim, index) => (free && sides.includes(index) ? null : dim)) };
}

function parameterInputs({ io }: Manifest): Expected[] {
  return io.params.map((parameter) => ({
    name: parameter.input,
    type: parameter.kind === 'text' ? 'string' : 'float32',
    dims: [parameter.kind === 'color' ? 3 : 1],
  }));
}

function stateInputs({ io }: Manifest): Expected[] {
  return io.state.map(({ input, dims }) => ({
    name: input,
    type: 'float32',
    dims: dims.map((dim) => (typeof dim === 'string' ? null : dim)),
  }));
}

function compare(role: 'input' | 'output', expected: Expected, metadata: Metadata): string | null {
  const actual = metadata.find(({ name }) => name === expected.name);
  if (!actual) {
    const names = metadata.map(({ name }) => name).join(', ');
    return `it has no ${role} "${expected.name}", only ${names}`;
  }
  if (!actual.isTensor) return `${role} "${expected.name}" is not a tensor`;
  const shape = `[${actual.shape.join(', ')}]`;
  if (actual.type !== expected.type) {
    return `${role} "${expected.name}" is ${actual.type}${shape}, not ${expected.type}`;
  }
  const fits =
    actual.shape.length === expected.dims.length &&
    actual.shape.every((dim, index) => typeof dim === 'string' || (expected.dims[index] ?? dim) === dim);
  if (fits) return null;
  return `${role} "${expected.name}" is ${shape}, not [${expected.dims.map((dim) => dim ?? 'any').join(', ')}]`;
}
