import { OnnxGraph, type Value } from '../onnx/graph.ts';
import { type PipelineDescription, imageDims } from './description.ts';

/** One channel: how much of the trail's colour covers each pixel. */
const maskDims = [1, 1, 'h', 'w'] as const;
/** Change below this is the sensor's noise (about 10 of 255), and leaves no trail. */
const noiseFloor = 0.04;
/** A moderate change, a sleeve before a wall, counts fully. */
const presenceGain = 5;
/** How much of each frame goes into the picture of what usually is there: at 30 fps a newcomer blends in within a second. */
const learning = 0.08;
/** Some of the picture stays visible through the freshest trail. */
const opacity = 0.85;

/**
 * What moves leaves a coloured trail that fades. What moves is told from what is usually there, a slow mean
 * of the picture: the difference to the last frame alone would miss the inside of an even surface.
 */
export const echoTrails: PipelineDescription = {
  about: {
    id: 'echo-trails',
    version: '1.0.0',
    title: 'Echo trails',
    description: 'Whatever moves leaves a coloured trail that fades.',
    identity: false,
    params: [
      {
        kind: 'range',
        name: 'decay',
        input: 'p.decay',
        label: 'Decay',
        description: 'How much of the trail each frame keeps.',
        min: 0,
        max: 0.98,
        step: 0.01,
        default: 0.92,
        smoothMs: 120,
      },
      {
        kind: 'color',
        name: 'tint',
        input: 'p.tint',
        label: 'Tint',
        default: [0.15, 0.7, 1],
        smoothMs: 200,
      },
    ],
    state: [
      {
        input: 's.trail',
        output: 's.trail.next',
        dims: [...maskDims],
        init: 'zero',
        reset: ['switch', 'resize'],
      },
      {
        input: 's.usual',
        output: 's.usual.next',
        dims: [...imageDims],
        init: 'image',
        reset: ['switch', 'resize'],
      },
    ],
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
    const graph = new OnnxGraph('echo-trails');
    const image = graph.input('image', imageDims);
    const decay = graph.input('p.decay', [1]);
    const tint = graph.node('Reshape', [graph.input('p.tint', [3]), graph.integers(1, 3, 1, 1)]);
    const trail = graph.input('s.trail', maskDims);
    const usual = graph.input('s.usual', imageDims);

    const change = graph.node('Sub', [image, usual]);
    const present = presence(graph, change);
    const faded = graph.node('Mul', [trail, decay]);
    graph.node('Max', [faded, present], {}, 's.trail.next');
    graph.node('Add', [usual, graph.node('Mul', [change, graph.scalar(learning)])], {}, 's.usual.next');

    // What moves is shown as it is, in front of its own trail.
    const free = graph.node('Sub', [graph.scalar(1), present]);
    const behind = graph.node('Mul', [graph.node('Mul', [faded, free]), graph.scalar(opacity)]);
    const towardsTint = graph.node('Mul', [behind, graph.node('Sub', [tint, image])]);
    graph.node('Add', [image, towardsTint], {}, 'out');
    graph.output('out', imageDims);
    graph.output('s.trail.next', maskDims);
    graph.output('s.usual.next', imageDims);
    return graph;
  },
};

/** How surely something is at each pixel that usually is not, 0–1, one channel. */
function presence(graph: OnnxGraph, change: Value): Value {
  const size = graph.node('ReduceL1', [change], { axes: [1], keepdims: 1 });
  const gain = graph.floats([1, 1, 1, 1], [presenceGain / 3]);
  const floor = graph.floats([1], [-noiseFloor * presenceGain]);
  return graph.node('Clip', [graph.node('Conv', [size, gain, floor]), graph.scalar(0), graph.scalar(1)]);
}
