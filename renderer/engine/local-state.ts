import type { FrameSize } from '../../shared/settings/schema.ts';

/** What a model runs on. `identity`: on nothing, the frames are handed through. */
export type LocalProvider = 'wasm' | 'webgpu' | 'identity';

/** What the engine does to keep up; told to the user whenever it changes. */
export interface LocalQuality {
  /** The size that the model sees, at most the source's. */
  size: FrameSize;
  /** Every second frame only. */
  everySecond: boolean;
  /** Neither was enough: a lighter model is needed for a smooth picture. */
  tooHeavy: boolean;
}

/** About once a second while frames are made. */
export interface LocalFigures {
  fps: number;
  /** Median milliseconds of the model's run, conversions not included. */
  runMs: number;
  /** Median milliseconds from taking a frame in to handing it out. */
  frameMs: number;
}

export type LocalState =
  /** Nothing is loaded. */
  | { phase: 'off' }
  | { phase: 'loading'; pipelineId: string }
  /** Warm: frames are made whenever the mixer wants them. */
  | {
      phase: 'ready';
      pipelineId: string;
      provider: LocalProvider;
      threads: number;
      quality: LocalQuality | null;
      figures: LocalFigures | null;
    }
  /** Cannot run here; `problem` is a sentence for the user. */
  | { phase: 'failed'; pipelineId: string; problem: string };

export type LocalReport =
  | { type: 'state'; state: LocalState }
  /** Something that the user should read once, such as a restart; also goes into the timeline. */
  | { type: 'notice'; text: string };
