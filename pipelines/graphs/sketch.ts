import { OnnxGraph, type Value } from '../onnx/graph.ts';
import { luma } from './luma.ts';
import { type PipelineDescription, imageDims } from './description.ts';

const gradientSize = 5;
/** Along the edge and across it; their product is Sobel's operator after a binomial blur, which keeps noise out. */
const smooth = [1, 4, 6, 4, 1];
const slope = [-1, -2, 0, 2, 1];
/** A full step from black to white gives 1, horizontally and vertically. */
const gradientKernels = [
  ...smooth.flatMap((down) => slope.map((across) => (down * across) / 48)),
  ...slope.flatMap((down) => smooth.map((across) => (down * across) / 48)),
];
/** How many times `strength` the ink grows with the gradient: typical edges of a camera picture are 0.05–0.3. */
const edgeGain = 4;

/** A drawing of the picture: lines where brightness changes, ink on paper. */
export const sketch: PipelineDescription = {
  about: {
    id: 'sketch',
    version: '1.0.0',
    title: 'Sketch',
    description: 'Draws the edges of the picture in ink on paper.',
    identity: false,
    params: [
      {
        kind: 'range',
        name: 'strength',
        input: 'p.strength',
        label: 'Strength',
        description: 'How dark the lines are drawn.',
        min: 0,
        max: 4,
        step: 0.05,
        default: 1,
        unit: '×',
        smoothMs: 120,
      },
      {
        kind: 'range',
        name: 'threshold',
        input: 'p.threshold',
        label: 'Threshold',
        description: 'How strong an edge must be to be drawn.',
        min: 0,
        max: 0.5,
        step: 0.005,
        default: 0.04,
        smoothMs: 120,
      },
      { kind: 'color', name: 'ink', input: 'p.ink', label: 'Ink', default: [0.09, 0.1, 0.16], smoothMs: 200 },
      {
        kind: 'color',
        name: 'paper',
        input: 'p.paper',
        label: 'Paper',
        default: [0.97, 0.95, 0.9],
        smoothMs: 200,
      },
    ],
    state: [],
    budget: {
      sizes: [
        [512, 512],
        [384, 384],
        [256, 256],
      ],
      targetMs: 22,
    },
  },
  graph: () => {
    const graph = new OnnxGraph('sketch');
    const image = graph.input('image', imageDims);
    const strength = graph.input('p.strength', [1]);
    const threshold = graph.input('p.threshold', [1]);
    const ink = graph.node('Reshape', [graph.input('p.ink', [3]), graph.integers(1, 3, 1, 1)]);
    const paper = graph.node('Reshape', [graph.input('p.paper', [3]), graph.integers(1, 3, 1, 1)]);

    const coverage = lines(graph, luma(graph, image), strength, threshold);
    const drawn = graph.node('Mul', [coverage, graph.node('Sub', [ink, paper])]);
    graph.node('Add', [paper, drawn], {}, 'out');
    graph.output('out', imageDims);
    return graph;
  },
};

/** How much ink lies on each pixel, 0–1. */
function lines(graph: OnnxGraph, brightness: Value, strength: Value, threshold: Value): Value {
  // The rim is repeated outwards: with zeros around it, the picture would be drawn with a frame.
  const rim = gradientSize >> 1;
  const padded = graph.node('Pad', [brightness, graph.integers(0, 0, rim, rim, 0, 0, rim, rim)], {
    mode: 'edge',
  });
  const kernels = graph.floats([2, 1, gradientSize, gradientSize], gradientKernels);
  const gradients = graph.node('Conv', [padded, kernels]);
  const steepness = graph.node('ReduceL2', [gradients], { axes: [1], keepdims: 1 });
  const above = graph.node('Sub', [steepness, threshold]);
  const gain = graph.node('Mul', [strength, graph.scalar(edgeGain)]);
  return graph.node('Clip', [graph.node('Mul', [above, gain]), graph.scalar(0), graph.scalar(1)]);
}
