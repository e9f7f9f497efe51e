/** The clip's picture size in pixels: what cheap cameras give. */
export const clipSize = { width: 640, height: 480 } as const;

/** Pixels from the upper left corner; `right` and `bottom` are outside. */
export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Y′, Cb, Cr of BT.601, video range. */
export type Colour = readonly [number, number, number];

export interface Shape {
  /** Nothing of the shape lies outside. */
  bounds: Bounds;
  /** Signed distance in pixels from the edge; negative inside. */
  distance(x: number, y: number): number;
  colour: Colour;
}

function around(x: number, y: number, reach: number): Bounds {
  return {
    left: Math.max(0, Math.floor(x - reach - 1)),
    top: Math.max(0, Math.floor(y - reach - 1)),
    right: Math.min(clipSize.width, Math.ceil(x + reach + 1)),
    bottom: Math.min(clipSize.height, Math.ceil(y + reach + 1)),
  };
}

export function disc(cx: number, cy: number, radius: number, colour: Colour): Shape {
  return { bounds: around(cx, cy, radius), colour, distance: (x, y) => Math.hypot(x - cx, y - cy) - radius };
}

export function ring(cx: number, cy: number, radius: number, width: number, colour: Colour): Shape {
  return {
    bounds: around(cx, cy, radius + width),
    colour,
    distance: (x, y) => Math.abs(Math.hypot(x - cx, y - cy) - radius) - width / 2,
  };
}

/** A square, turned by `angle` radians. */
export function box(cx: number, cy: number, half: number, angle: number, colour: Colour): Shape {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    bounds: around(cx, cy, half * Math.SQRT2),
    colour,
    distance: (x, y) => {
      const across = Math.abs((x - cx) * cos + (y - cy) * sin) - half;
      const along = Math.abs((y - cy) * cos - (x - cx) * sin) - half;
      return Math.max(across, along);
    },
  };
}

/** Everything below a wave that fits `waves` times into the width, so that it can roll on for ever. */
export function hill(base: number, height: number, waves: number, phase: number, colour: Colour): Shape {
  const turns = (Math.PI * 2 * waves) / clipSize.width;
  return {
    bounds: { left: 0, top: Math.floor(base - height - 1), right: clipSize.width, bottom: clipSize.height },
    colour,
    distance: (x, y) => base + height * Math.sin(x * turns + phase) - y,
  };
}
