import { readFileSync } from 'node:fs';
import path from 'node:path';
import { OnnxGraph, opset, type Value } from '../../pipelines/onnx/graph.ts';
import type { ModelCandidate, UserModels } from '../../shared/ipc/model-channels.ts';
import { ok, type Result } from '../../shared/result.ts';

const anySize = [1, 3, 'h', 'w'] as const;

/** What a page is told of a file that was staged. */
export const candidateAt = (
  url: string,
  change: Partial<ModelCandidate> = {},
): Result<ModelCandidate, string> =>
  ok({
    id: '3f1c2e52-8c6f-4a53-b9a4-ffb7a3f0a0bb',
    name: 'invert_colours.onnx',
    url,
    bytes: 400,
    opset,
    manifest: null,
    ...change,
  });

/** Inverts its picture; an amount of 0 leaves it as it is. */
export function invert(): OnnxGraph {
  const graph = new OnnxGraph('invert');
  const image = graph.input('image', anySize);
  const amount = graph.input('p.amount', [1]);
  const inverted = graph.node('Sub', [graph.scalar(1), image]);
  const change = graph.node('Mul', [graph.node('Sub', [inverted, image]), amount]);
  graph.node('Add', [image, change], {}, 'out');
  graph.output('out', anySize);
  return graph;
}

/** Six billion multiplications a frame at 256 × 256. */
export function heavy(): OnnxGraph {
  const graph = new OnnxGraph('heavy');
  const image = graph.input('image', anySize);
  const conv = (input: Value, from: number, to: number): Value => {
    const weights = graph.floats(
      [to, from, 3, 3],
      Array.from({ length: to * from * 9 }, () => 1 / (from * 9)),
    );
    return graph.node('Conv', [input, weights], { pads: [1, 1, 1, 1] });
  };
  let value = conv(image, 3, 32);
  for (let layer = 0; layer < 10; layer += 1) value = conv(value, 32, 32);
  const weights = graph.floats(
    [3, 32, 1, 1],
    Array.from({ length: 96 }, () => 1 / 32),
  );
  graph.node('Conv', [value, weights], {}, 'out');
  graph.output('out', anySize);
  return graph;
}

/** A model whose only input is of that type and shape. */
export function taking(dims: readonly (number | string)[], type: 'float32' | 'int32' = 'float32'): OnnxGraph {
  const graph = new OnnxGraph('taking');
  graph.node('Identity', [graph.input('in', dims, type)], {}, 'out');
  graph.output('out', dims, type);
  return graph;
}

/** Adds a second picture to the first. */
export function twoPictures(): OnnxGraph {
  const graph = new OnnxGraph('two');
  graph.node('Add', [graph.input('content', anySize), graph.input('style', anySize)], {}, 'out');
  graph.output('out', anySize);
  return graph;
}

/** What main tells of a folder with one model that is broken and one that is not. */
export const oneModel: UserModels = {
  models: [
    {
      id: 'oil',
      manifest: readFileSync(
        path.join(import.meta.dirname, '../../pipelines/models/sketch/model.json'),
        'utf8',
      )
        .replace('"sketch"', '"oil"')
        .replace('"Sketch"', '"Oil paint"'),
      url: '/user-models/oil/model.onnx',
      hasLicence: true,
    },
  ],
  problems: [{ folder: 'half', problem: 'model.json cannot be read (ENOENT)' }],
};
