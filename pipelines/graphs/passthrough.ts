import { OnnxGraph } from '../onnx/graph.ts';
import { type PipelineDescription, imageDims } from './description.ts';

/** The picture as it is: what the link alone does to it. */
export const passthrough: PipelineDescription = {
  about: {
    id: 'passthrough',
    version: '1.0.0',
    title: 'Passthrough',
    description: 'The picture as it came, for judging the link itself.',
    identity: true,
    params: [],
    state: [],
    budget: { sizes: [[1280, 720]], targetMs: 2 },
  },
  graph: () => {
    const graph = new OnnxGraph('passthrough');
    graph.node('Identity', [graph.input('image', imageDims)], {}, 'out');
    graph.output('out', imageDims);
    return graph;
  },
};
