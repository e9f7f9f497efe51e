import { Tensor } from 'onnxruntime-common';
import type { ManifestState } from '../manifest.ts';

/** The tensors that a model hands from one frame to the next. */
export class StateInputs {
  readonly #states: readonly ManifestState[];
  readonly #tensors = new Map<string, Tensor>();
  #size = '';

  constructor(states: readonly ManifestState[]) {
    this.#states = states;
  }

  /**
   * What to feed with a frame. States start anew with the first frame, and when the size of the picture has
   * changed, those that depend on it or ask for it.
   */
  feeds(image: Tensor, width: number, height: number): Record<string, Tensor> {
    const size = `${width}×${height}`;
    const resized = size !== this.#size;
    this.#size = size;
    const feeds: Record<string, Tensor> = {};
    for (const state of this.#states) {
      const kept = resized && dependsOnSize(state) ? undefined : this.#tensors.get(state.input);
      feeds[state.input] = kept ?? initial(state, image, width, height);
    }
    return feeds;
  }

  /** Takes the states out of what a run gave. */
  keep(outputs: Readonly<Record<string, Tensor>>): void {
    for (const state of this.#states) {
      const next = outputs[state.output];
      if (next) this.#tensors.set(state.input, next);
    }
  }

  reset(): void {
    this.#tensors.clear();
  }
}

function dependsOnSize(state: ManifestState): boolean {
  return state.reset.includes('resize') || state.dims.some((dim) => typeof dim === 'string');
}

function initial(state: ManifestState, image: Tensor, width: number, height: number): Tensor {
  const dims = state.dims.map((dim) => (dim === 'h' ? height : dim === 'w' ? width : dim));
  if (state.init === 'zero') {
    return new Tensor('float32', new Float32Array(dims.reduce((product, dim) => product * dim, 1)), dims);
  }
  // A copy: the image's own buffer is overwritten with the next frame.
  if (image.type === 'float32')
    return new Tensor('float32', Float32Array.from(image.data as Float32Array), dims);
  return new Tensor('float32', Float32Array.from(image.data as Uint8Array), dims);
}
