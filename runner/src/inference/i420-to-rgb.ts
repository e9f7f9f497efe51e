import { type I420Frame, chromaSide } from './i420-frame.ts';

/**
 * ITU-R BT.601, limited range, to 0–1: luma spans 219 steps, chroma 224, and the weights of red, green and
 * blue in luma are 0.299, 0.587 and 0.114.
 */
const kLuma = 1 / 219;
const kRedV = (2 * (1 - 0.299)) / 224;
const kBlueU = (2 * (1 - 0.114)) / 224;
const kGreenV = (kRedV * 0.299) / 0.587;
const kGreenU = (kBlueU * 0.114) / 0.587;

/**
 * I420 to planar RGB, clamped to 0–`scale`. Chroma is repeated, not interpolated: together with the averaging
 * of `rgbToI420` that makes the way there and back exact to the rounding.
 *
 * A hot loop, kept free of allocation.
 *
 * @param rgb Receives 3 × width × height floats: all red, all green, all blue.
 * @param scale What white becomes: 1 or 255.
 */
export function i420ToRgb(frame: I420Frame, rgb: Float32Array, scale: number): void {
  const { width, height, data } = frame;
  const pixels = width * height;
  const chromaWidth = chromaSide(width);
  const uPlane = pixels;
  const vPlane = pixels + chromaWidth * chromaSide(height);
  // Two pixels of a row share a chroma sample, so its part is worked out once for both.
  for (let y = 0; y < height; y++) {
    let chroma = (y >> 1) * chromaWidth;
    const end = (y + 1) * width;
    for (let at = y * width; at < end; at += 2, chroma++) {
      const u = data[uPlane + chroma]! - 128;
      const v = data[vPlane + chroma]! - 128;
      const redPart = kRedV * v;
      const greenPart = kGreenU * u + kGreenV * v;
      const bluePart = kBlueU * u;
      const left = (data[at]! - 16) * kLuma;
      rgb[at] = share(left + redPart) * scale;
      rgb[pixels + at] = share(left - greenPart) * scale;
      rgb[2 * pixels + at] = share(left + bluePart) * scale;
      if (at + 1 === end) break;
      const right = (data[at + 1]! - 16) * kLuma;
      rgb[at + 1] = share(right + redPart) * scale;
      rgb[pixels + at + 1] = share(right - greenPart) * scale;
      rgb[2 * pixels + at + 1] = share(right + bluePart) * scale;
    }
  }
}

/** Clamped to 0–1. Against constants on purpose: a limit from a variable made the loop three times slower. */
function share(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}
