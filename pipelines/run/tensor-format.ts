import type { ImageFormat } from '../manifest.ts';

/** Between planar RGB (0–scale) and the layout, type and channels that a model works in. */
export type PixelData = Float32Array | Uint8Array;

const channelCount = { RGB: 3, BGR: 3, RGBA: 4, Y: 1 } as const;
/** BT.601, as everywhere here. */
const luma = [0.299, 0.587, 0.114] as const;

/** Whether the model takes planar RGB as it is, so that nothing needs to be copied. */
export function isPlanarRgb(format: ImageFormat): boolean {
  const plain = format.mean === undefined && format.std === undefined;
  return plain && format.layout === 'NCHW' && format.type === 'float32' && format.channels === 'RGB';
}

export function tensorDims(format: ImageFormat, width: number, height: number): number[] {
  const channels = channelCount[format.channels];
  return format.layout === 'NCHW' ? [1, channels, height, width] : [1, height, width, channels];
}

export function tensorBuffer(format: ImageFormat, pixels: number): PixelData {
  const length = channelCount[format.channels] * pixels;
  return format.type === 'float32' ? new Float32Array(length) : new Uint8Array(length);
}

/** Planar RGB into the model's format. */
export function packPixels(rgb: Float32Array, pixels: number, format: ImageFormat, target: PixelData): void {
  const step = strides(format, pixels);
  for (let channel = 0; channel < step.channels; channel++) {
    const mean = format.mean?.[channel] ?? format.mean?.[0] ?? 0;
    const std = format.std?.[channel] ?? format.std?.[0] ?? 1;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const value = (channelOf(rgb, pixels, pixel, channel, format) - mean) / std;
      // A Uint8Array would wrap around instead of clamping.
      target[channel * step.channel + pixel * step.pixel] =
        format.type === 'float32' ? value : Math.min(255, Math.max(0, Math.round(value)));
    }
  }
}

/** The model's format into planar RGB. One channel becomes grey, an alpha is left out. */
export function unpackPixels(
  source: PixelData,
  pixels: number,
  format: ImageFormat,
  rgb: Float32Array,
): void {
  const step = strides(format, pixels);
  for (let colour = 0; colour < 3; colour++) {
    const channel = format.channels === 'Y' ? 0 : format.channels === 'BGR' ? 2 - colour : colour;
    const mean = format.mean?.[channel] ?? format.mean?.[0] ?? 0;
    const std = format.std?.[channel] ?? format.std?.[0] ?? 1;
    for (let pixel = 0; pixel < pixels; pixel++) {
      rgb[colour * pixels + pixel] = source[channel * step.channel + pixel * step.pixel]! * std + mean;
    }
  }
}

function strides(format: ImageFormat, pixels: number): { channels: number; channel: number; pixel: number } {
  const channels = channelCount[format.channels];
  return format.layout === 'NCHW'
    ? { channels, channel: pixels, pixel: 1 }
    : { channels, channel: 1, pixel: channels };
}

function channelOf(
  rgb: Float32Array,
  pixels: number,
  pixel: number,
  channel: number,
  format: ImageFormat,
): number {
  if (format.channels === 'Y') {
    return luma[0] * rgb[pixel]! + luma[1] * rgb[pixels + pixel]! + luma[2] * rgb[2 * pixels + pixel]!;
  }
  if (channel === 3) return format.scale;
  return rgb[(format.channels === 'BGR' ? 2 - channel : channel) * pixels + pixel]!;
}
