import type { Shown } from '../../shared/bridge/shown.ts';
import type { FrameSize } from '../../shared/settings/schema.ts';

/** Which of two pictures the output is to show. Follows from route, fallback and link; the window decides it. */
export interface MixPolicy {
  /** The picture that is wanted. The other one stays until this one's first frame is there. */
  prefer: 'cloud' | 'local';
  /** With `cloud`: whether the local picture shows as long as no frame has come from there. */
  localBeforeCloud: boolean;
  /** With `cloud`: whether the local picture takes over when the cloud's stops. Else its last frame stands still. */
  localWhenSilent: boolean;
}

/** What the window tells the mixing worker. Streams and ports are transferred along with their message. */
export type ToMixer =
  /** Once, first. The writable is the output track's and lives as long as the page. */
  | { type: 'begin'; writable: WritableStream<VideoFrame>; size: FrameSize; policy: MixPolicy }
  /** The cloud's frames from now on; null: none come any more (the connection was ended on purpose). */
  | { type: 'cloud'; readable: ReadableStream<VideoFrame> | null }
  /** The engine's side of local frames; a new one after each restart of the engine. */
  | { type: 'engine'; port: MessagePort }
  | { type: 'policy'; policy: MixPolicy }
  /** Size of every frame on the output: others are scaled to it, with bars where their shape differs. */
  | { type: 'size'; size: FrameSize }
  /** The runner's word on whether it makes new frames, by its own counter. */
  | { type: 'stuck'; stuck: boolean }
  /** A recording runs: a picture that stands still is repeated, so that the file has every second. */
  | { type: 'recording'; on: boolean }
  /** The user stopped: forget the last frame; nothing is shown until a frame comes. */
  | { type: 'clear' };

/** What the mixing worker tells the window. */
export type FromMixer = {
  type: 'shown';
  shown: Shown;
  /**
   * Milliseconds from the last frame of the picture before to the first of this one, by the worker's clock; null
   * when there was none before, or none follows (held).
   */
  gapMs: number | null;
};

/** From mixer to engine, over their port. */
export type MixerToEngine = {
  type: 'compute';
  /** `idle`: no frames are wanted and the session is kept warm. `run`: every newest frame. */
  level: 'idle' | 'run';
};

/** From engine to mixer, over their port. The frame is transferred; its timestamp is its source's. */
export type EngineToMixer = { type: 'frame'; frame: VideoFrame };
