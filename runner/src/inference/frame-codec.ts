import { Tensor } from 'onnxruntime-node';
import type { ImageFormat, Manifest } from '../../../pipelines/manifest.ts';
import { type FrameGeometry, frameGeometry } from './frame-geometry.ts';
import { type I420Frame, i420Size } from './i420-frame.ts';
import { i420ToRgb } from './i420-to-rgb.ts';
import { type Planes, resample } from './resample.ts';
import { rgbToI420 } from './rgb-to-i420.ts';
import {
  type PixelData,
  isPlanarRgb,
  packPixels,
  tensorBuffer,
  tensorDims,
  unpackPixels,
} from './tensor-format.ts';

/** A frame inside the model: the tensor, and the picture's size there. */
export interface EncodedFrame {
  tensor: Tensor;
  width: number;
  height: number;
}

/** Everything that depends on the frame's size, made once per size. */
interface Buffers {
  key: string;
  geometry: FrameGeometry;
  frame: Planes;
  /** The same as `frame` when the model takes the frame's own size. */
  model: Planes;
  pixels: PixelData | null;
  tensor: Tensor;
}

/** Between I420 frames and a model's image tensors, in buffers that are used again for each frame. */
export class FrameCodec {
  readonly #image: Manifest['io']['image'];
  readonly #out: ImageFormat;
  #buffers: Buffers | null = null;
  #unpacked = new Float32Array(0);

  constructor(image: Manifest['io']['image'], out: ImageFormat) {
    this.#image = image;
    this.#out = out;
  }

  /** The tensor is valid until the next call. */
  encode(frame: I420Frame): EncodedFrame {
    const buffers = this.#buffersFor(frame);
    const { geometry, model } = buffers;
    i420ToRgb(frame, buffers.frame.data, this.#image.scale);
    if (model !== buffers.frame) resample(buffers.frame, geometry.seen, model, geometry.content);
    if (buffers.pixels) packPixels(model.data, model.width * model.height, this.#image, buffers.pixels);
    return { tensor: buffers.tensor, width: model.width, height: model.height };
  }

  /**
   * The model's answer to the frame that was encoded last.
   *
   * @param spare A buffer that may be used for the result when its size fits.
   * @throws {Error} If the tensor is not an image of the format that the manifest promises.
   */
  decode(output: Tensor, spare: Uint8Array): I420Frame {
    const { geometry } = this.#buffers!;
    const picture = this.#unpack(output);
    const { width, height } = geometry.result;
    const size = i420Size(width, height);
    const data = spare.length === size ? spare : new Uint8Array(size);
    const result = { width, height, data };
    rgbToI420(this.#backToFrame(picture, geometry).data, this.#out.scale, result);
    return result;
  }

  #unpack(output: Tensor): Planes {
    const [, second, third, fourth] = output.dims;
    const [height, width] = this.#out.layout === 'NCHW' ? [third, fourth] : [second, third];
    if (output.dims.length !== 4 || !width || !height || output.dims.join() !== this.#dims(width, height)) {
      throw new Error(`The model gave [${output.dims.join(', ')}], which is no ${this.#out.layout} picture`);
    }
    const pixels = width * height;
    const data = output.data as PixelData;
    if (isPlanarRgb(this.#out)) return { data: data as Float32Array, width, height };
    if (this.#unpacked.length !== 3 * pixels) this.#unpacked = new Float32Array(3 * pixels);
    unpackPixels(data, pixels, this.#out, this.#unpacked);
    return { data: this.#unpacked, width, height };
  }

  #dims(width: number, height: number): string {
    return tensorDims(this.#out, width, height).join();
  }

  /** The model may give another size than it takes; the content lies in the same part of it. */
  #backToFrame(picture: Planes, { model, content, result }: FrameGeometry): Planes {
    const full = content.width === model.width && content.height === model.height;
    if (full && picture.width === result.width && picture.height === result.height) return picture;
    const across = picture.width / model.width;
    const down = picture.height / model.height;
    const from = {
      x: Math.round(content.x * across),
      y: Math.round(content.y * down),
      width: Math.max(1, Math.round(content.width * across)),
      height: Math.max(1, Math.round(content.height * down)),
    };
    const target = planes(result.width, result.height);
    resample(picture, from, target, { x: 0, y: 0, ...result });
    return target;
  }

  #buffersFor({ width, height }: I420Frame): Buffers {
    const key = `${width}×${height}`;
    if (this.#buffers?.key === key) return this.#buffers;
    const geometry = frameGeometry(width, height, this.#image);
    const frame = planes(width, height);
    const { model } = geometry;
    const whole = geometry.seen.width === width && geometry.seen.height === height;
    const same = whole && model.width === width && model.height === height;
    const modelPlanes = same ? frame : planes(model.width, model.height);
    const pixels = isPlanarRgb(this.#image) ? null : tensorBuffer(this.#image, model.width * model.height);
    const dims = tensorDims(this.#image, model.width, model.height);
    const tensor = imageTensor(pixels ?? modelPlanes.data, dims);
    this.#buffers = { key, geometry, frame, model: modelPlanes, pixels, tensor };
    return this.#buffers;
  }
}

function planes(width: number, height: number): Planes {
  return { data: new Float32Array(3 * width * height), width, height };
}

function imageTensor(data: PixelData, dims: number[]): Tensor {
  return data instanceof Float32Array ? new Tensor('float32', data, dims) : new Tensor('uint8', data, dims);
}
