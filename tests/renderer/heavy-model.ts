import type { Manifest } from '../../pipelines/manifest.ts';
import { manifestFor } from '../../pipelines/fixtures/test-model.ts';
import { OnnxGraph } from '../../pipelines/onnx/graph.ts';

const products = 64;

/**
 * A model that hands the picture through and multiplies 64 matrices as large as its parameter `work` says: nothing at
 * 1, minutes at 3,000. ONNX Runtime cannot be interrupted meanwhile.
 */
export function heavyModel(): { bytes: Uint8Array; manifest: Manifest } {
  const dims = [1, 3, 'h', 'w'];
  const graph = new OnnxGraph('heavy');
  const image = graph.input('image', dims);
  const side = graph.node('Cast', [graph.input('p.work', [1])], { to: 7 });
  const shape = graph.node('Concat', [side, side], { axis: 0 });
  const matrix = graph.node('ConstantOfShape', [shape]);
  let product = matrix;
  for (let count = 0; count < products; count += 1) product = graph.node('MatMul', [product, matrix]);
  const nothing = graph.node('ReduceMean', [product], { keepdims: 0 });
  graph.node('Add', [image, nothing], {}, 'out');
  graph.output('out', dims);
  const bytes = graph.toBytes();
  const manifest = manifestFor('heavy', bytes);
  manifest.title = 'Heavy';
  manifest.runtime.ep = ['wasm'];
  manifest.io.params = [
    {
      kind: 'range',
      name: 'work',
      input: 'p.work',
      label: 'Work',
      min: 1,
      max: 3000,
      step: 1,
      default: 1,
    },
  ];
  return { bytes, manifest };
}
