import { OnnxGraph, type Value } from '../onnx/graph.ts';
import { elementType } from '../onnx/messages.ts';
import { type PipelineDescription, imageDims } from './description.ts';
import { type Palette, palettes, stopsPerPalette } from './thermal-palettes.ts';

/** Red counts for more than in brightness, so that skin and lamps look hot and the sky looks cold. */
const heatWeights = [0.5, 0.4, 0.1];

/** False colours: brightness and redness read as temperature. */
export const thermal: PipelineDescription = {
  about: {
    id: 'thermal',
    version: '1.0.0',
    title: 'Thermal',
    description: 'Shows the picture in the false colours of a heat camera.',
    identity: false,
    params: [
      {
        kind: 'enum',
        name: 'palette',
        input: 'p.palette',
        label: 'Palette',
        options: palettes.map((palette) => palette.label),
        default: 0,
      },
      {
        kind: 'range',
        name: 'gain',
        input: 'p.gain',
        label: 'Gain',
        description: 'Contrast around medium heat.',
        min: 0.5,
        max: 4,
        step: 0.05,
        default: 1.2,
        unit: '×',
        smoothMs: 120,
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
    const graph = new OnnxGraph('thermal');
    const image = graph.input('image', imageDims);
    const palette = graph.input('p.palette', [1]);
    const gain = graph.input('p.gain', [1]);

    const heat = graph.node('Conv', [image, graph.floats([1, 3, 1, 1], heatWeights)]);
    const centred = graph.node('Sub', [heat, graph.scalar(0.5)]);
    const position = graph.node('Add', [graph.node('Mul', [centred, gain]), graph.scalar(0.5)]);
    gradientLookup(graph, position, palette);
    graph.output('out', imageDims);
    return graph;
  },
};

/**
 * Colour at `position` (0–1, clamped) on the chosen palette, linear between its stops. Each segment of the
 * gradient is a ramp from 0 to 1; the colour is the first stop plus each segment's change times its ramp,
 * which is one 1×1 convolution, whose weights are the palette.
 */
function gradientLookup(graph: OnnxGraph, position: Value, palette: Value): Value {
  const segments = stopsPerPalette - 1;
  const starts = Array.from({ length: segments }, (_, index) => -index);
  const scale = graph.floats(
    [segments, 1, 1, 1],
    Array.from({ length: segments }, () => segments),
  );
  const rising = graph.node('Conv', [position, scale, graph.floats([segments], starts)]);
  const ramps = graph.node('Clip', [rising, graph.scalar(0), graph.scalar(1)]);

  const index = graph.node('Cast', [palette], { to: elementType.int64 });
  const changes = graph.floats([palettes.length, 3 * segments], palettes.flatMap(segmentChanges));
  const chosen = graph.node('Gather', [changes, index], { axis: 0 });
  const weights = graph.node('Reshape', [chosen, graph.integers(3, segments, 1, 1)]);
  const firstStops = graph.floats(
    [palettes.length, 3],
    palettes.flatMap((entry) => entry.stops[0]!),
  );
  const first = graph.node('Reshape', [
    graph.node('Gather', [firstStops, index], { axis: 0 }),
    graph.integers(3),
  ]);
  return graph.node('Conv', [ramps, weights, first], {}, 'out');
}

/** Per channel, the difference across each segment: the rows of the convolution's weights. */
function segmentChanges(palette: Palette): number[] {
  return [0, 1, 2].flatMap((channel) =>
    palette.stops.slice(1).map((stop, index) => stop[channel]! - palette.stops[index]![channel]!),
  );
}
