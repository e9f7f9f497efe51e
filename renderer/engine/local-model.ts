import type { Manifest } from '../../pipelines/manifest.ts';

/** A model that this computer can run, as the engine takes it. */
export interface LocalModel {
  manifest: Manifest;
  /** Where this page reads the .onnx file: a path on the page's own origin. */
  url: string;
  origin: 'built-in' | 'user';
}
