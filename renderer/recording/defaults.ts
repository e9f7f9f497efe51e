/** Length of the pieces, milliseconds: with the time to write one, what a crash costs stays below two seconds. */
export const pieceMs = 1_000;

/**
 * Between key frames, milliseconds: only to these can one jump. They are large; every other second costs a tenth more
 * bytes than none.
 */
export const keyFrameMs = 2_000;

/**
 * Bits a second for each pixel: 0.3 bits a pixel of 30 frames, which keeps the hard lines of a sketch clean in VP8 at
 * 512 × 512 (2.4 Mbps).
 */
const bitsPerPixelSecond = 9;
/** Below this a small picture gets blocks in its flat parts. */
const minBitsPerSecond = 1_000_000;
/** Above this a real-time encoder gives no better picture, and a second has 5 MB. */
const maxBitsPerSecond = 40_000_000;

/** What a recording of this size may take, bits a second. */
export function bitrateFor({ width, height }: { width: number; height: number }): number {
  return Math.min(Math.max(width * height * bitsPerPixelSecond, minBitsPerSecond), maxBitsPerSecond);
}

/**
 * The first that Chromium can record is taken. VP8 before VP9: encoding must leave room for inference on the same
 * processor, and VP9 takes twice as long for a fifth fewer bytes.
 */
export const recordingTypes = ['video/webm;codecs=vp8', 'video/webm;codecs=vp9'] as const;

/** Bytes that may wait for main, as many as main lets wait for the disk: half a minute of a large picture. */
export const maxWaitingBytes = 64 * 1024 * 1024;
