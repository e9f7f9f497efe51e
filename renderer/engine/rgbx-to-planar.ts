/**
 * Packed RGBX to planar RGB, 0–`scale`. The fourth byte of a pixel is left out.
 *
 * A hot loop, kept free of allocation.
 *
 * @param rgbx 4 × `pixels` bytes: red, green, blue, anything. May be longer.
 * @param rgb Receives 3 × `pixels` floats: all red, all green, all blue.
 * @param scale What white becomes: 1 or 255.
 */
export function rgbxToPlanar(
  rgbx: Uint8Array | Uint8ClampedArray,
  rgb: Float32Array,
  pixels: number,
  scale: number,
): void {
  const unit = scale / 255;
  const blue = 2 * pixels;
  for (let pixel = 0, at = 0; pixel < pixels; pixel++, at += 4) {
    rgb[pixel] = rgbx[at]! * unit;
    rgb[pixels + pixel] = rgbx[at + 1]! * unit;
    rgb[blue + pixel] = rgbx[at + 2]! * unit;
  }
}
