import { StrictEmitter } from '../core/strict-emitter.ts';

const area = { x: 0, y: 0, width: 1280, height: 800 };

/** As large as headless Chromium's screen (chromium/switches.ts). */
const primary = {
  id: 1,
  label: 'stand-in',
  bounds: area,
  workArea: area,
  size: { width: area.width, height: area.height },
  workAreaSize: { width: area.width, height: area.height },
  scaleFactor: 1,
  rotation: 0,
  internal: false,
  touchSupport: 'unavailable',
} as Electron.Display;

type ScreenMembers = Pick<
  Electron.Screen,
  | 'getAllDisplays'
  | 'getCursorScreenPoint'
  | 'getDisplayMatching'
  | 'getDisplayNearestPoint'
  | 'getPrimaryDisplay'
>;

/** One display; tests replace the list through `__standin.displays`. */
class Screen extends StrictEmitter implements ScreenMembers {
  static override readonly events = ['display-added', 'display-metrics-changed', 'display-removed'];
  readonly displays: Electron.Display[] = [primary];

  /** The first of the list. */
  getPrimaryDisplay(): Electron.Display {
    return this.displays[0]!;
  }

  getAllDisplays(): Electron.Display[] {
    return [...this.displays];
  }

  /** The display that shows most of the rectangle. */
  getDisplayMatching(rect: Electron.Rectangle): Electron.Display {
    const shared = ({ bounds }: Electron.Display): number => {
      const overlap = (from: number, length: number, of: number, ofLength: number): number =>
        Math.max(0, Math.min(from + length, of + ofLength) - Math.max(from, of));
      return (
        overlap(rect.x, rect.width, bounds.x, bounds.width) *
        overlap(rect.y, rect.height, bounds.y, bounds.height)
      );
    };
    return this.displays.toSorted((a, b) => shared(b) - shared(a))[0]!;
  }

  getDisplayNearestPoint({ x, y }: Electron.Point): Electron.Display {
    return this.getDisplayMatching({ x, y, width: 1, height: 1 });
  }

  /** There is no pointer. */
  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 };
  }
}

export const screen = new Screen();
