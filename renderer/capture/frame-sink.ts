import type { FrameSize } from '../../shared/settings/schema.ts';
import { coverCrop } from './cover-crop.ts';

type Paint = (context: OffscreenCanvasRenderingContext2D, size: FrameSize) => void;

/**
 * What every receiver takes for granted of VP8, which carries no word about its colours. Of a frame that is made
 * straight from a canvas Chromium encodes BT.709 in full range, and a runner then sees 191 as 204.
 */
const sentAs = {
  primaries: 'smpte170m',
  transfer: 'smpte170m',
  matrix: 'smpte170m',
  fullRange: false,
} as const satisfies VideoColorSpaceInit;

/**
 * Puts pictures onto the outgoing track: sized, on one clock whatever the source, and dropped instead of
 * queued while the encoder is behind.
 */
export class FrameSink {
  readonly #writer: WritableStreamDefaultWriter<VideoFrame>;
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  #lastTimestampUs = 0;
  #holdsPicture = false;

  constructor(writable: WritableStream<VideoFrame>, size: FrameSize) {
    this.#writer = writable.getWriter();
    this.#canvas = new OffscreenCanvas(size.width, size.height);
    // Frames are read back on the CPU by the encoder, so a canvas that lives there saves a copy per frame.
    const context = this.#canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    if (!context) throw new Error('No 2D canvas in this worker');
    this.#context = context;
  }

  get size(): FrameSize {
    return { width: this.#canvas.width, height: this.#canvas.height };
  }

  resize(size: FrameSize): void {
    this.#canvas.width = size.width;
    this.#canvas.height = size.height;
    this.#holdsPicture = false;
  }

  /** Sends the frame, cropped to cover, and closes it. */
  frame(frame: VideoFrame): void {
    const source = { width: frame.displayWidth, height: frame.displayHeight };
    const crop = coverCrop(source, this.#canvas);
    this.#context.drawImage(
      frame,
      crop.x,
      crop.y,
      crop.width,
      crop.height,
      0,
      0,
      this.#canvas.width,
      this.#canvas.height,
    );
    frame.close();
    this.#send();
  }

  paint(paint: Paint): void {
    paint(this.#context, this.size);
    this.#send();
  }

  /** Sends the last picture again; nothing if there is none of this size yet. */
  repeat(): void {
    if (this.#holdsPicture) this.#send();
  }

  /** Forgets the last picture, so that it cannot be repeated: the source was switched off. */
  clear(): void {
    this.#holdsPicture = false;
  }

  #send(): void {
    this.#holdsPicture = true;
    if ((this.#writer.desiredSize ?? 0) <= 0) return;
    const timestamp = Math.max(this.#lastTimestampUs + 1, Math.round(performance.now() * 1000));
    this.#lastTimestampUs = timestamp;
    const { width: codedWidth, height: codedHeight } = this.#canvas;
    const { data } = this.#context.getImageData(0, 0, codedWidth, codedHeight);
    const options = { format: 'RGBX', codedWidth, codedHeight, timestamp, colorSpace: sentAs } as const;
    const out = new VideoFrame(data, { ...options, transfer: [data.buffer] });
    // The writer fails only when the track has ended, and the page with it; the frame is still ours then.
    this.#writer.write(out).catch(() => out.close());
  }
}
