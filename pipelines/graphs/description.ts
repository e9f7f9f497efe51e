import type { OnnxGraph } from '../onnx/graph.ts';
import type { Manifest } from '../manifest.ts';

/** One built-in pipeline: what its manifest says, and the graph. File name, hash and size are the build's. */
export interface PipelineDescription {
  readonly about: Pick<Manifest, 'id' | 'version' | 'title' | 'description' | 'budget'> & {
    readonly identity: boolean;
    readonly params: Manifest['io']['params'];
    readonly state: Manifest['io']['state'];
  };
  readonly graph: () => OnnxGraph;
}

/** Shape of the picture that goes in and comes out: float32 RGB, 0–1, any size. */
export const imageDims = [1, 3, 'h', 'w'] as const;
