import type { ParameterValues } from '../../../shared/wire/parameters.ts';

/** One pipeline with values that leave none of its parts out. */
export interface PictureCase {
  id: string;
  parameters: ParameterValues;
}

/** Odd on purpose: kernels work in pairs of pixels. */
export const size = { width: 97, height: 65 };

/** So many that a state has something to remember. */
export const frameCount = 4;

/** The test's frames as packed RGBX, the same wherever they are made: waves that move, edges, noise that repeats. */
export function rgbxFrame(index: number): Uint8Array<ArrayBuffer> {
  const { width, height } = size;
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      const edge = x > 30 + 9 * index && x < 60 && y > 20 ? 70 : 0;
      for (let channel = 0; channel < 3; channel++) {
        const wave = Math.sin((x + 7 * index) * (0.1 + 0.05 * channel)) * Math.cos(y * 0.13 + channel);
        const noise = ((x * 31 + y * 17 + channel * 7 + index * 13) % 23) - 11;
        data[at + channel] = Math.min(255, Math.max(0, Math.round(110 + 80 * wave + noise + edge)));
      }
      data[at + 3] = 255;
    }
  }
  return data;
}

/** The same as a model takes it: planar, 0–1. */
export function planarFrame(index: number): Float32Array {
  const pixels = size.width * size.height;
  const packed = rgbxFrame(index);
  return Float32Array.from({ length: 3 * pixels }, (_, at) => {
    const channel = Math.floor(at / pixels);
    return packed[4 * (at % pixels) + channel]! / 255;
  });
}
