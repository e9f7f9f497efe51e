import { Tensor } from 'onnxruntime-common';
import type { ImageFormat, Manifest } from '../manifest.ts';
import { type FrameGeometry, frameGeometry } from './frame-geometry.ts';
import { type Planes, resample } from './resample.ts';
import {
  type PixelData,
  isPlanarRgb,
  packPixels,
  tensorBuffer,
  tensorDims,
  unpackPixels,
} from './tensor-format.ts';

/** A picture inside the model: the tensor, and the picture's size there. */
export interface EncodedPicture {
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

/**
 * Between a frame's planar RGB and a model's image tensors, in buffers that are used again for each frame. How a
 * frame becomes planar RGB, and what is made of the result, is the host's: codecs and windows differ in it.
 */
export class PictureCodec {
  readonly #image: Manifest['io']['image'];
  readonly #out: ImageFormat;
  #buffers: Buffers | null = null;
  #unpacked = new Float32Array(0);
  #result = planes(0, 0);

  constructor(image: Manifest['io']['image'], out: ImageFormat) {
    this.#image = image;
    this.#out = out;
  }

  /** Where a frame of this size is written to before `encode`: red, green and blue, 0 to the image's scale. */
  frameFor(width: number, height: number): Planes {
    return this.#buffersFor(width, height).frame;
  }

  /** What was written into `frameFor`, as the model takes it. The tensor is valid until the next call. */
  encode(): EncodedPicture {
    const { geometry, frame, model, pixels, tensor } = this.#buffers!;
    if (model !== frame) resample(frame, geometry.seen, model, geometry.content);
    if (pixels) packPixels(model.data, model.width * model.height, this.#image, pixels);
    return { tensor, width: model.width, height: model.height };
  }

  /**
   * The model's answer to the frame that was encoded last, as the frame that comes out.
   *
   * @returns Planes of 0 to the output's scale, and whatever the model gives beyond it; valid until the next call.
   * @throws {Error} If the tensor is not an image of the format that the manifest promises.
   */
  decode(output: Tensor): Planes {
    return this.#backToFrame(this.#unpack(output), this.#buffers!.geometry);
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
    const { width, height } = result;
    if (this.#result.width !== width || this.#result.height !== height) this.#result = planes(width, height);
    resample(picture, from, this.#result, { x: 0, y: 0, ...result });
    return this.#result;
  }

  #buffersFor(width: number, height: number): Buffers {
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
