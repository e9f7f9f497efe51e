import type { ParameterValues } from '../../shared/wire/parameters.ts';
import type { FrameSize } from '../../shared/settings/schema.ts';
import type { LocalProvider } from './local-state.ts';
import type { Manifest } from '../../pipelines/manifest.ts';

/** One loaded model, from frame to frame. Calls must not overlap. */
export interface FrameSession {
  readonly manifest: Manifest;
  readonly provider: LocalProvider;
  /** Resolves with the reason when what it runs on is gone for good; may never resolve. */
  readonly lost: Promise<string>;
  setParameters(values: ParameterValues): void;
  /** What it carries from frame to frame is forgotten. */
  beginAnew(): void;
  /**
   * @param frame Stays the caller's.
   * @param size In which the model is to see it.
   * @returns The transformed frame, with the timestamp of its source, and the milliseconds of the model's run.
   * @throws {Error} If the model fails on it; the session stays usable.
   */
  process(frame: VideoFrame, size: FrameSize): Promise<{ frame: VideoFrame; runMs: number }>;
  close(): Promise<void>;
}

/** Hands frames through untouched, for a model that changes nothing. */
export function identitySession(manifest: Manifest): FrameSession {
  return {
    manifest,
    provider: 'identity',
    lost: new Promise(() => {}),
    setParameters: () => {},
    beginAnew: () => {},
    process: (frame) => Promise.resolve({ frame: frame.clone(), runMs: 0 }),
    close: () => Promise.resolve(),
  };
}
