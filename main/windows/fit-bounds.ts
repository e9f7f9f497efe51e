import type { Rectangle } from 'electron';
import { minimumSize } from './window-options.ts';

/** The first start's size, in device-independent pixels: picture, source and panel side by side. */
export const firstSize = { width: 1280, height: 820 };

/** Part of the title bar that must stay on a display, so that the window can be dragged back. */
const graspable = { width: 120, height: 40 };

/**
 * Where the window opens: as it was left, unless that is off every display now.
 *
 * @param remembered Null on the first start.
 * @param workAreas Of all displays, the primary one first. At least one.
 */
export function fitBounds(remembered: Rectangle | null, workAreas: readonly Rectangle[]): Rectangle {
  const [primary] = workAreas;
  if (primary === undefined) throw new RangeError('there is no display');
  if (remembered === null) return centred(firstSize, primary);
  for (const area of workAreas) {
    const bounds = { ...remembered, ...sizeWithin(remembered, area) };
    if (isGraspable(bounds, area)) return bounds;
  }
  return centred(remembered, primary);
}

type Size = Pick<Rectangle, 'width' | 'height'>;

const sizeWithin = (size: Size, area: Rectangle): Size => ({
  width: Math.min(Math.max(size.width, minimumSize.width), area.width),
  height: Math.min(Math.max(size.height, minimumSize.height), area.height),
});

function centred(wanted: Size, area: Rectangle): Rectangle {
  const size = sizeWithin(wanted, area);
  return {
    x: Math.round(area.x + (area.width - size.width) / 2),
    y: Math.round(area.y + (area.height - size.height) / 2),
    ...size,
  };
}

function isGraspable(bounds: Rectangle, area: Rectangle): boolean {
  const right = Math.min(bounds.x + bounds.width, area.x + area.width);
  const visible = right - Math.max(bounds.x, area.x);
  const isTopInside = bounds.y >= area.y && bounds.y + graspable.height <= area.y + area.height;
  return visible >= graspable.width && isTopInside;
}
