import { type I420Frame, chromaSide } from './i420-frame.ts';

/**
 * Planar RGB to I420 (BT.601, limited range). Values outside 0–`scale` are clamped and NaN becomes 0: a model
 * may give anything. Each chroma sample is the mean of its block of up to four pixels.
 *
 * A hot loop, kept free of allocation and written out block by block: twice as fast as loops over the four.
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

  for (let top = 0; top < height; top += 2) {
    let chroma = (top >> 1) * chromaWidth;
    // At an odd rim a block repeats its pixels, which leaves their mean as it is.
    const below = top + 1 < height ? width : 0;
    const end = (top + 1) * width;
    for (let a = top * width; a < end; a += 2, chroma++) {
      const b = a + 1 < end ? a + 1 : a;
      const c = a + below;
      const d = b + below;

      const redA = share(rgb[a]! * unit);
      const redB = share(rgb[b]! * unit);
      const redC = share(rgb[c]! * unit);
      const redD = share(rgb[d]! * unit);
      const greenA = share(rgb[pixels + a]! * unit);
      const greenB = share(rgb[pixels + b]! * unit);
      const greenC = share(rgb[pixels + c]! * unit);
      const greenD = share(rgb[pixels + d]! * unit);
      const blueA = share(rgb[2 * pixels + a]! * unit);
      const blueB = share(rgb[2 * pixels + b]! * unit);
      const blueC = share(rgb[2 * pixels + c]! * unit);
      const blueD = share(rgb[2 * pixels + d]! * unit);

      // The half rounds, as storing a number in a byte cuts its fraction off.
      data[a] = 16.5 + 65.481 * redA + 128.553 * greenA + 24.966 * blueA;
      data[b] = 16.5 + 65.481 * redB + 128.553 * greenB + 24.966 * blueB;
      data[c] = 16.5 + 65.481 * redC + 128.553 * greenC + 24.966 * blueC;
      data[d] = 16.5 + 65.481 * redD + 128.553 * greenD + 24.966 * blueD;
      const red = (redA + redB + redC + redD) / 4;
      const green = (greenA + greenB + greenC + greenD) / 4;
      const blue = (blueA + blueB + blueC + blueD) / 4;
      data[uPlane + chroma] = 128.5 - 37.797 * red - 74.203 * green + 112 * blue;
      data[vPlane + chroma] = 128.5 + 112 * red - 93.786 * green - 18.214 * blue;
    }
  }
}

/** Clamped to 0–1; NaN, which fails every comparison, becomes 0. */
function share(value: number): number {
  return value > 0 ? (value < 1 ? value : 1) : 0;
}
