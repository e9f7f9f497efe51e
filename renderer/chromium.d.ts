/**
 * Members of Chromium that TypeScript's DOM library does not know yet. They exist in windows only; the
 * streams they give are transferable, the tracks are not.
 */
interface MediaStreamTrackProcessorOptions {
  track: MediaStreamTrack;
  /** Frames held for a slow reader; older ones are dropped. */
  maxBufferSize?: number;
}

declare class MediaStreamTrackProcessor {
  constructor(options: MediaStreamTrackProcessorOptions);
  readonly readable: ReadableStream<VideoFrame>;
}

declare class MediaStreamTrackGenerator extends MediaStreamTrack {
  constructor(options: { kind: 'video' });
  readonly writable: WritableStream<VideoFrame>;
}

interface VideoFrameBufferInit {
  /** Buffers that the frame takes over instead of copying them. */
  transfer?: ArrayBuffer[];
}

interface RTCRtpReceiver {
  /** Milliseconds that the jitter buffer aims at; null leaves it to the browser. */
  jitterBufferTarget: number | null;
}

interface HTMLMediaElement {
  captureStream(): MediaStream;
}

interface Window {
  readonly bridge: import('../shared/ipc/bridge.ts').Bridge;
}

interface MediaRecorderOptions {
  /** Milliseconds between key frames at most; Chromium has it since 121. */
  videoKeyFrameIntervalDuration?: number;
}
