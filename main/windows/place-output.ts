import type { Rectangle } from 'electron';
import type { RememberedOutput } from '../settings/document.ts';
import { outputMinimumSize } from './window-options.ts';

/** Of the first time, in device-independent pixels: a picture beside the main window. */
export const firstOutputSize = { width: 960, height: 540 };

/** What placing looks at of Electron's `Display`. */
export interface DisplayArea {
  id: number;
  workArea: Rectangle;
}

/**
 * Where the output window opens: on the display where it was last and as it stood there; the first time on a display
 * that the main window is not on by itself.
 *
 * @param displays All there are, the primary one first. At least one.
 */
export function placeOutput(remembered: RememberedOutput, displays: readonly DisplayArea[]): Rectangle {
  const [primary, second] = displays;
  if (primary === undefined) throw new RangeError('there is no display');
  const known = displays.find(({ id }) => id === remembered.display);
  const { id, workArea } = known ?? (remembered.display === null ? second : undefined) ?? primary;
  const place = remembered.places[id];
  return place === undefined ? centred(workArea) : within(place, workArea);
}

function within({ x, y, width, height }: Rectangle, area: Rectangle): Rectangle {
  const size = {
    width: clamp(width, Math.min(outputMinimumSize.width, area.width), area.width),
    height: clamp(height, Math.min(outputMinimumSize.height, area.height), area.height),
  };
  return {
    x: clamp(x, area.x, area.x + area.width - size.width),
    y: clamp(y, area.y, area.y + area.height - size.height),
    ...size,
  };
}

function centred(area: Rectangle): Rectangle {
  const { width, height } = within({ x: area.x, y: area.y, ...firstOutputSize }, area);
  return {
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) / 2),
    width,
    height,
  };
}

const clamp = (value: number, min: number, max: number): number => Math.min(Math.max(value, min), max);
