import type { FrameSize } from '../../shared/settings/schema.ts';

/** What the window tells the composing worker. Streams are transferred along with their message. */
export type ComposeMessage =
  | { type: 'begin'; writable: WritableStream<VideoFrame>; size: FrameSize }
  | { type: 'resize'; size: FrameSize }
  /** Frames of a track, until the next source. */
  | { type: 'frames'; readable: ReadableStream<VideoFrame> }
  | { type: 'pattern' }
  /** No source: nothing is sent. */
  | { type: 'none' };
