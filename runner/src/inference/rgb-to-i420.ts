import { type I420Frame, chromaSide } from './i420-frame.ts';

/**
 * Planar RGB to I420 (BT.601, limited range). Values outside 0–`scale` are clamped and NaN becomes 0: a model
 * may give anything. Each chroma sample is the mean of its block of up to four pixels.
 *
 * A hot loop, kept free of allocation and of calls.
 *
 * @param rgb 3 × width × height floats: all red, all green, all blue.
 * @param scale What white is: 1 or 255.
 * @param frame Receives the picture; its `data` must fill its size.
 */
export function rgbToI420(rgb: Float32Array, scale: number, frame: I420Frame): void {
  const { width, height, data } = frame;
  const pixels = width * height;
  const chromaWidth = chromaSide(width);
  const chromaHeight = chromaSide(height);
  const uPlane = pixels;
  const vPlane = pixels + chromaWidth * chromaHeight;
  const unit = 1 / scale;

  for (let cy = 0; cy < chromaHeight; cy++) {
    const bottom = Math.min(2 * cy + 2, height);
    for (let cx = 0; cx < chromaWidth; cx++) {
      const right = Math.min(2 * cx + 2, width);
      let redSum = 0;
      let greenSum = 0;
      let blueSum = 0;
      for (let y = 2 * cy; y < bottom; y++) {
        for (let x = 2 * cx; x < right; x++) {
          const at = y * width + x;
          const red = rgb[at]! * unit;
          const green = rgb[pixels + at]! * unit;
          const blue = rgb[2 * pixels + at]! * unit;
          // Written so that NaN fails the first comparison.
          const r = red > 0 ? (red < 1 ? red : 1) : 0;
          const g = green > 0 ? (green < 1 ? green : 1) : 0;
          const b = blue > 0 ? (blue < 1 ? blue : 1) : 0;
          redSum += r;
          greenSum += g;
          blueSum += b;
          data[at] = 16.5 + 65.481 * r + 128.553 * g + 24.966 * b;
        }
      }
      const share = 1 / ((bottom - 2 * cy) * (right - 2 * cx));
      const chroma = cy * chromaWidth + cx;
      data[uPlane + chroma] = 128.5 + (112 * blueSum - 37.797 * redSum - 74.203 * greenSum) * share;
      data[vPlane + chroma] = 128.5 + (112 * redSum - 93.786 * greenSum - 18.214 * blueSum) * share;
    }
  }
}
