import type { Tensor } from 'onnxruntime-common';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import type { Manifest } from '../manifest.ts';
import { ParameterInputs } from './parameter-inputs.ts';
import { PictureCodec } from './picture-codec.ts';
import type { Planes } from './resample.ts';
import { StateInputs } from './state-inputs.ts';

type Tensors = Readonly<Record<string, Tensor>>;

export interface ModelRunOptions {
  parameters: ParameterValues;
  /** A monotonic clock, in milliseconds. */
  now: () => number;
  log: (line: string) => void;
}

/**
 * One model from frame to frame, whatever ONNX Runtime runs it: its picture, parameters and state go in and out here
 * and nowhere else, so that every host gives the same picture. Calls of `run` must not overlap.
 */
export class ModelRun {
  readonly #manifest: Manifest;
  readonly #session: (feeds: Tensors) => Promise<Tensors>;
  readonly #codec: PictureCodec;
  readonly #parameters: ParameterInputs;
  readonly #states: StateInputs;
  readonly #now: () => number;

  /** @param session Runs the model: all of its inputs by name, to all of its outputs. */
  constructor(manifest: Manifest, session: (feeds: Tensors) => Promise<Tensors>, options: ModelRunOptions) {
    const { image, out, params, state } = manifest.io;
    this.#manifest = manifest;
    this.#session = session;
    this.#codec = new PictureCodec(image, out);
    this.#parameters = new ParameterInputs(params, options.parameters, options.now(), options.log);
    this.#states = new StateInputs(state);
    this.#now = options.now;
  }

  setParameters(values: ParameterValues): void {
    this.#parameters.set(values);
  }

  /** The next frame starts anew, as after a load. */
  resetState(): void {
    this.#states.reset();
  }

  /** Where a frame of this size is written to before `run`: red, green and blue, 0 to the image's scale. */
  frameFor(width: number, height: number): Planes {
    return this.#codec.frameFor(width, height);
  }

  /**
   * Transforms what was written into `frameFor`.
   *
   * @returns Planes of 0 to the output's scale, and whatever the model gives beyond it, valid until the next call;
   *   and the milliseconds that the model itself took.
   * @throws {Error} If the model fails on it; it can be run again.
   */
  async run(): Promise<{ picture: Planes; runMs: number }> {
    const { image, out } = this.#manifest.io;
    const { tensor, width, height } = this.#codec.encode();
    const startMs = this.#now();
    this.#parameters.advance(startMs);
    const feeds = {
      [image.name]: tensor,
      ...this.#parameters.feeds,
      ...this.#states.feeds(tensor, width, height),
    };
    const outputs = await this.#session(feeds);
    const runMs = this.#now() - startMs;
    this.#states.keep(outputs);
    return { picture: this.#codec.decode(outputs[out.name]!), runMs };
  }
}
