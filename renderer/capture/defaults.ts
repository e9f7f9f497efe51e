import type { FrameSize } from '../../shared/settings/schema.ts';

/** Frames per second of the test pattern, and the most that screens and cameras are asked for. */
export const framesPerSecond = 30;

/**
 * A source that gives no new frame for this long (a still screen, a paused file) has its last one repeated,
 * so that the runner keeps getting pictures: well under the 500 ms after which the link counts us as silent.
 */
export const repeatAfterMs = 200;

/** What cameras are asked for: the largest of our frame sizes fits in. */
export const cameraIdeal: FrameSize = { width: 1280, height: 720 };

/** Sizes on offer; squares are what image models work on, the others fit screens. */
export const frameSizes: readonly FrameSize[] = [
  { width: 512, height: 512 },
  { width: 768, height: 768 },
  { width: 640, height: 360 },
  { width: 1280, height: 720 },
];
