import type { Result } from '../../shared/result.ts';
import type { Camera } from './list-cameras.ts';
import type { SourceProblem } from './source-problem.ts';

/** A source that gives frames now. */
export interface OpenedSource {
  readonly track: MediaStreamTrack;
  /** What a track that ends by itself means for this kind of source. */
  readonly whenEnded: SourceProblem;
  /** Which camera it is, once opened: the choice may have named none, or an id that has changed. */
  readonly camera: Camera | null;
  /** Lets the device go: a camera's light goes off. */
  release(): void;
}

export type OpenResult = Result<OpenedSource, SourceProblem>;
