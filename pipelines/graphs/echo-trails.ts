import { OnnxGraph, type Value } from '../onnx/graph.ts';
import { type PipelineDescription, imageDims } from './description.ts';

/** Change below this is the sensor's noise (about 10 of 255), and leaves no trail. */
const noiseFloor = 0.04;
/** Makes a moderate change, a sleeve before a wall, glow fully. */
const motionGain = 3;

/** What moves leaves a glowing trail that fades. */
export const echoTrails: PipelineDescription = {
  about: {
    id: 'echo-trails',
    version: '1.0.0',
    title: 'Echo trails',
    description: 'Whatever moves leaves a glowing trail that fades.',
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
        default: 0.9,
        smoothMs: 120,
      },
      {
        kind: 'color',
        name: 'tint',
        input: 'p.tint',
        label: 'Tint',
        default: [0.25, 0.75, 1],
        smoothMs: 200,
      },
    ],
    state: [
      {
        input: 's.trail',
        output: 's.trail.next',
        dims: [1, 3, 'h', 'w'],
        init: 'zero',
        reset: ['switch', 'resize'],
      },
      {
        input: 's.last',
        output: 's.last.next',
        dims: [1, 3, 'h', 'w'],
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
    const trail = graph.input('s.trail', imageDims);
    const last = graph.input('s.last', imageDims);

    const glow = graph.node('Mul', [motion(graph, image, last), tint]);
    const next = graph.node('Max', [graph.node('Mul', [trail, decay]), glow], {}, 's.trail.next');
    screen(graph, image, next);
    graph.node('Identity', [image], {}, 's.last.next');
    graph.output('out', imageDims);
    graph.output('s.trail.next', imageDims);
    graph.output('s.last.next', imageDims);
    return graph;
  },
};

/** How much each pixel changed since the last frame, 0–1, one channel. */
function motion(graph: OnnxGraph, image: Value, last: Value): Value {
  const change = graph.node('ReduceL1', [graph.node('Sub', [image, last])], { axes: [1], keepdims: 1 });
  const gain = graph.floats([1, 1, 1, 1], [motionGain / 3]);
  const floor = graph.floats([1], [-noiseFloor * motionGain]);
  return graph.node('Clip', [graph.node('Conv', [change, gain, floor]), graph.scalar(0), graph.scalar(1)]);
}

/** Light added to light without clipping: 1 - (1 - a)(1 - b), that is a + b - ab. */
function screen(graph: OnnxGraph, image: Value, light: Value): Value {
  const missing = graph.node('Sub', [graph.scalar(1), image]);
  return graph.node('Add', [image, graph.node('Mul', [light, missing])], {}, 'out');
}
