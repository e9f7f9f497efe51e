import type { Manifest } from '../../pipelines/manifest.ts';
import type { FrameSize } from '../../shared/settings/schema.ts';

/** One input or output of a model, as its file declares it. A side that may have any size is null. */
export interface TensorShape {
  name: string;
  /** ONNX Runtime's name: `float32`, `uint8`, `float16`, … */
  type: string;
  dims: readonly (number | null)[];
}

/** All that a file says about itself. */
export interface ModelShape {
  inputs: readonly TensorShape[];
  outputs: readonly TensorShape[];
}

export interface TrialRequest {
  url: string;
  /** What the user and the file said; its `sha256` and `bytes` are not looked at. */
  manifest: Manifest;
  size: FrameSize;
}

/** The outcome of three warm-up runs. */
export interface Trial {
  size: FrameSize;
  /** Median milliseconds of the runs after the first. */
  runMs: number;
  /** The same with all that is done to a picture before and after. */
  frameMs: number;
  /** Whether a camera's 30 frames a second can be kept up with. */
  realTime: boolean;
}
