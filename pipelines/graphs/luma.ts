import type { OnnxGraph, Value } from '../onnx/graph.ts';

/** Weights of red, green and blue in brightness (ITU-R BT.601, as the video itself uses). */
const lumaWeights = [0.299, 0.587, 0.114] as const;

/** RGB [1, 3, h, w] to one channel [1, 1, h, w]. */
export function luma(graph: OnnxGraph, image: Value): Value {
  return graph.node('Conv', [image, graph.floats([1, 3, 1, 1], lumaWeights)]);
}
