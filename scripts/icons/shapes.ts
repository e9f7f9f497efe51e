/** Signed distance to a shape's edge: negative inside. Coordinates run from 0 to 1, y downwards. */
export type Shape = (x: number, y: number) => number;

export const circle =
  (cx: number, cy: number, radius: number): Shape =>
  (x, y) =>
    Math.hypot(x - cx, y - cy) - radius;

export const ring =
  (cx: number, cy: number, radius: number, thickness: number): Shape =>
  (x, y) =>
    Math.abs(Math.hypot(x - cx, y - cy) - radius) - thickness / 2;

/** A line with round ends. */
export const line =
  (ax: number, ay: number, bx: number, by: number, thickness: number): Shape =>
  (x, y) => {
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    return Math.hypot(x - ax - along * dx, y - ay - along * dy) - thickness / 2;
  };

export const roundedSquare =
  (inset: number, radius: number): Shape =>
  (x, y) => {
    const half = 0.5 - inset - radius;
    const [dx, dy] = [Math.abs(x - 0.5) - half, Math.abs(y - 0.5) - half];
    const outside = Math.hypot(Math.max(dx, 0), Math.max(dy, 0));
    return outside + Math.min(Math.max(dx, dy), 0) - radius;
  };

/** A triangle that stands on its base. @param radius From its centre to a corner. */
export const triangle =
  (cx: number, cy: number, radius: number): Shape =>
  (x, y) => {
    const [dx, dy] = [Math.abs(x - cx), y - cy];
    return Math.max(dy, (dx * Math.sqrt(3) - dy) / 2) - radius / 2;
  };

/**
 * An arch over two feet: the upper part of a parabola between them, drawn as short lines.
 *
 * @param gap Part of the arch's middle that is left out, 0 to 1.
 */
export function arch(
  left: number,
  right: number,
  foot: number,
  rise: number,
  thickness: number,
  gap = 0,
): Shape {
  const steps = 32;
  const at = (step: number): [number, number] => {
    const along = step / steps;
    return [left + (right - left) * along, foot - rise * 4 * along * (1 - along)];
  };
  const kept = Array.from({ length: steps }, (_, step) => step).filter(
    (step) => Math.abs((step + 0.5) / steps - 0.5) >= gap / 2,
  );
  return union(...kept.map((step) => line(...at(step), ...at(step + 1), thickness)));
}

export const union =
  (...shapes: Shape[]): Shape =>
  (x, y) =>
    Math.min(...shapes.map((shape) => shape(x, y)));

/** The first shape without the second and a margin around it. */
export const without =
  (shape: Shape, removed: Shape, margin: number): Shape =>
  (x, y) =>
    Math.max(shape(x, y), margin - removed(x, y));
