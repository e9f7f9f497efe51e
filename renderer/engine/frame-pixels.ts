import type { Planes } from '../../pipelines/run/resample.ts';
import { rgbxToPlanar } from './rgbx-to-planar.ts';

/**
 * Reads frames into planar RGB. Chromium makes RGBX of whatever a frame holds, with its own colours in mind: for the
 * frames of our own track that is a plain copy (0.02 ms at 512²), for a camera's I420 it costs 0.15 ms.
 */
export class FramePixels {
  #bytes = new Uint8Array(0);
  #canvas: OffscreenCanvasRenderingContext2D | null = null;

  /**
   * The whole frame, scaled to the size of the planes. The frame stays the caller's.
   *
   * @param scale What white becomes: 1 or 255.
   */
  async read(frame: VideoFrame, into: Planes, scale: number): Promise<void> {
    const { data, width, height } = into;
    const { visibleRect } = frame;
    const isThisSize = visibleRect?.width === width && visibleRect.height === height;
    const rgbx = isThisSize ? await this.#copy(frame, width, height) : this.#draw(frame, width, height);
    rgbxToPlanar(rgbx, data, width * height, scale);
  }

  async #copy(frame: VideoFrame, width: number, height: number): Promise<Uint8Array> {
    const length = 4 * width * height;
    if (this.#bytes.length < length) this.#bytes = new Uint8Array(length);
    await frame.copyTo(this.#bytes, {
      rect: frame.visibleRect!,
      layout: [{ offset: 0, stride: 4 * width }],
      format: 'RGBX',
      colorSpace: 'srgb',
    });
    return this.#bytes;
  }

  /** 5 ms for 1280×720: a canvas on the CPU scales several times as fast as the resampler of pipelines/run. */
  #draw(frame: VideoFrame, width: number, height: number): Uint8ClampedArray {
    const context = this.#contextFor(width, height);
    context.drawImage(frame, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  }

  #contextFor(width: number, height: number): OffscreenCanvasRenderingContext2D {
    if (this.#canvas?.canvas.width === width && this.#canvas.canvas.height === height) return this.#canvas;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    if (!context) throw new Error('No 2D canvas in this worker');
    // Of 1280×720 a model may see a third: without this, thin lines would flicker.
    context.imageSmoothingQuality = 'medium';
    this.#canvas = context;
    return context;
  }
}
