import { type I420Frame, chromaSide } from './i420-frame.ts';

/** ITU-R BT.601, limited range: 255/219 for luma, and its red, green and blue parts of chroma (255/224 included). */
const bt601 = { luma: 1.1643836, redV: 1.5960268, greenU: 0.3917623, greenV: 0.8129676, blueU: 2.0172321 };

/**
 * I420 to planar RGB, clamped to 0–`scale`. Chroma is repeated, not interpolated: together with the averaging
 * of `rgbToI420` that makes the way there and back exact to the rounding.
 *
 * A hot loop, kept free of allocation and of calls.
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
  const unit = scale / 255;
  const ky = bt601.luma * unit;
  const kRedV = bt601.redV * unit;
  const kGreenU = bt601.greenU * unit;
  const kGreenV = bt601.greenV * unit;
  const kBlueU = bt601.blueU * unit;

  for (let y = 0; y < height; y++) {
    const chromaRow = (y >> 1) * chromaWidth;
    let at = y * width;
    for (let x = 0; x < width; x++, at++) {
      const chroma = chromaRow + (x >> 1);
      const u = data[uPlane + chroma]! - 128;
      const v = data[vPlane + chroma]! - 128;
      const luma = (data[at]! - 16) * ky;
      const red = luma + kRedV * v;
      const green = luma - kGreenU * u - kGreenV * v;
      const blue = luma + kBlueU * u;
      rgb[at] = red < 0 ? 0 : red > scale ? scale : red;
      rgb[pixels + at] = green < 0 ? 0 : green > scale ? scale : green;
      rgb[2 * pixels + at] = blue < 0 ? 0 : blue > scale ? scale : blue;
    }
  }
}
