import type { FrameSize } from '../../shared/settings/schema.ts';
import { containBox } from './contain-box.ts';
import { mixDefaults } from './defaults.ts';

/** From where a frame comes: a change of it is what fades. */
export type Origin = 'cloud' | 'local';

/**
 * Puts pictures onto the output track: all of one size, on one clock whatever their origin, and dropped instead of
 * queued while the track is behind. Frames given to it are its own, and closed by it: it keeps the last one, to fade
 * from or to repeat, and while a fade runs the last one of the picture before.
 */
export class PictureSink {
  readonly #writer: WritableStreamDefaultWriter<VideoFrame>;
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  #lastTimestampUs = 0;
  #last: { frame: VideoFrame; origin: Origin } | null = null;
  #fadesFrom: VideoFrame | null = null;
  #sentAt = 0;
  #isPainting = true;

  constructor(writable: WritableStream<VideoFrame>, size: FrameSize) {
    this.#writer = writable.getWriter();
    this.#canvas = new OffscreenCanvas(size.width, size.height);
    const context = this.#canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('No 2D canvas in this worker');
    this.#context = context;
  }

  /** When the last picture went out, new or repeated; null if there is none to repeat. */
  get sentAt(): number | null {
    return this.#last && this.#sentAt;
  }

  /** From now on; a picture that is there already is sent again, so that nobody is left with the old size. */
  resize(size: FrameSize, now: number): void {
    this.#canvas.width = size.width;
    this.#canvas.height = size.height;
    this.repeat(1, now);
  }

  /**
   * Sends a frame.
   *
   * @param factor How much of it is seen over the picture of the other origin, above 0 up to 1.
   * @param now Epoch milliseconds, never set back.
   */
  show(frame: VideoFrame, origin: Origin, factor: number, now: number): void {
    const before = this.#last;
    this.#last = { frame, origin };
    if (before && before.origin !== origin) {
      this.#fadesFrom?.close();
      this.#fadesFrom = before.frame;
    } else before?.frame.close();
    this.#send(factor, now);
  }

  /** Sends the last picture again; nothing if there is none. */
  repeat(factor: number, now: number): void {
    if (this.#last) this.#send(factor, now);
  }

  /** Takes the fade a step on if the new picture's own frames did not. */
  fade(factor: number, now: number): void {
    if (this.#fadesFrom && (factor === 1 || now - this.#sentAt >= mixDefaults.fadeStepMs))
      this.repeat(factor, now);
  }

  /** Nothing is left to be repeated. */
  clear(): void {
    this.#last?.frame.close();
    this.#last = null;
    this.#endFade();
  }

  #send(factor: number, now: number): void {
    this.#sentAt = now;
    if (factor >= 1) this.#endFade();
    // Null: the track has ended, and the page with it.
    if ((this.#writer.desiredSize ?? 0) <= 0) return;
    const { frame } = this.#last!;
    const timestamp = Math.max(this.#lastTimestampUs + 1, Math.round((now - performance.timeOrigin) * 1000));
    this.#lastTimestampUs = timestamp;
    const out = this.#painted(frame, factor, timestamp);
    if (!out) return;
    // The writer fails only when the track has ended; the frame is still ours then.
    this.#writer.write(out).catch(() => out.close());
  }

  /**
   * Always by the canvas, also a frame that has the size: `new VideoFrame(frame, { timestamp })` says the new time but
   * the track goes on with the old one (Chromium 156), and streams' clocks are hours apart. Costs 1 ms at 512×512.
   *
   * @returns Null when the canvas gives no picture, as while Chromium starts its graphics process again: a frame is
   *   left out then, and the next one may succeed.
   */
  #painted(frame: VideoFrame, factor: number, timestamp: number): VideoFrame | null {
    try {
      this.#context.globalAlpha = 1;
      if (this.#fadesFrom) {
        this.#paint(this.#fadesFrom);
        this.#context.globalAlpha = factor;
      }
      this.#paint(frame);
      const painted = new VideoFrame(this.#canvas, { timestamp, alpha: 'discard' });
      this.#isPainting = true;
      return painted;
    } catch (error) {
      if (this.#isPainting) console.warn('The picture cannot be painted', error);
      this.#isPainting = false;
      return null;
    }
  }

  #paint(frame: VideoFrame): void {
    const { width, height } = this.#canvas;
    const box = containBox({ width: frame.displayWidth, height: frame.displayHeight }, { width, height });
    const { x, y } = box;
    // The bars alone, each once: under the picture they would darken a fade.
    this.#context.fillStyle = 'black';
    this.#context.fillRect(0, 0, x, height);
    this.#context.fillRect(x + box.width, 0, width - x - box.width, height);
    this.#context.fillRect(0, 0, width, y);
    this.#context.fillRect(0, y + box.height, width, height - y - box.height);
    this.#context.drawImage(frame, x, y, box.width, box.height);
  }

  #endFade(): void {
    this.#fadesFrom?.close();
    this.#fadesFrom = null;
  }
}
