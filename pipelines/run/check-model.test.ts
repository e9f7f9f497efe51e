import { InferenceSession } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { manifestFor, scaledImage } from '../fixtures/test-model.ts';
import type { Manifest } from '../manifest.ts';
import type { OnnxGraph } from '../onnx/graph.ts';
import { checkModel } from './check-model.ts';

async function problemOf(
  graph: OnnxGraph,
  change: (io: Manifest['io']) => void = () => undefined,
): Promise<string | null> {
  const bytes = graph.toBytes();
  const manifest = manifestFor('test', bytes);
  change(manifest.io);
  const session = await InferenceSession.create(bytes);
  const { inputMetadata, outputMetadata } = session;
  await session.release();
  return checkModel(manifest, inputMetadata, outputMetadata);
}

const strength = {
  kind: 'range',
  name: 'strength',
  input: 'p.strength',
  label: 'S',
  min: 0,
  max: 1,
  step: 0.1,
  default: 0,
} as const;

it('accepts a model that is what its manifest says', async () => {
  expect(await problemOf(scaledImage(1))).toBeNull();
});

it.each<[string, (io: Manifest['io']) => void, string]>([
  ['the image by another name', (io) => (io.image.name = 'input'), 'it has no input "input", only image'],
  ['the output by another name', (io) => (io.out.name = 'result'), 'it has no output "result", only out'],
  ['another type', (io) => (io.image.type = 'uint8'), 'input "image" is float32[1, 3, h, w], not uint8'],
  [
    'another number of channels',
    (io) => (io.image.channels = 'Y'),
    'input "image" is [1, 3, h, w], not [1, 1, any, any]',
  ],
  ['a parameter it lacks', (io) => (io.params = [strength]), 'it has no input "p.strength"'],
])('names the difference: %s', async (_, change, expected) => {
  expect(await problemOf(scaledImage(1), change)).toContain(expected);
});

it('names an input that nothing would fill', async () => {
  const graph = scaledImage(1);
  graph.input('p.strength', [1]);
  expect(await problemOf(graph)).toContain('it has an input "p.strength" that the manifest does not name');
});

it('compares fixed sizes', async () => {
  const problem = await problemOf(scaledImage(1, [1, 3, 32, 32]), (io) => {
    io.image.size = { mode: 'fixed', width: 64, height: 32 };
  });
  expect(problem).toContain('input "image" is [1, 3, 32, 32], not [1, 3, 32, 64]');
});
