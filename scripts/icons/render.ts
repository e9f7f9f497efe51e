import type { Shape } from './shapes.ts';

/** Red, green, blue as displayed and opacity, each 0 to 1. */
export type Colour = readonly [number, number, number, number];

export interface Layer {
  shape: Shape;
  /** One colour, or one that depends on the place. */
  paint: Colour | ((x: number, y: number) => Colour);
}

export interface Picture {
  size: number;
  /** RGBA, 8 bit, not premultiplied. */
  pixels: Uint8Array;
}

/** `#rrggbb` as a colour. */
export function hex(text: string): Colour {
  const value = Number.parseInt(text.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255, 1];
}

/** Draws layers bottom to top, with edges smoothed over one pixel. */
export function render(layers: readonly Layer[], size: number): Picture {
  const pixels = new Uint8Array(size * size * 4);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const [x, y] = [(column + 0.5) / size, (row + 0.5) / size];
      let pixel: Colour = [0, 0, 0, 0];
      for (const { shape, paint } of layers) {
        const coverage = Math.min(1, Math.max(0, 0.5 - shape(x, y) * size));
        if (coverage > 0) pixel = over(typeof paint === 'function' ? paint(x, y) : paint, coverage, pixel);
      }
      pixels.set(
        pixel.map((part) => Math.round(part * 255)),
        (row * size + column) * 4,
      );
    }
  }
  return { size, pixels };
}

function over([r, g, b, a]: Colour, coverage: number, [r0, g0, b0, a0]: Colour): Colour {
  const top = a * coverage;
  const alpha = top + a0 * (1 - top);
  const mix = (above: number, below: number): number => (above * top + below * a0 * (1 - top)) / alpha;
  return [mix(r, r0), mix(g, g0), mix(b, b0), alpha];
}
