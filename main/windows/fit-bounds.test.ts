import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstSize, fitBounds } from './fit-bounds.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const monitor = { x: 1440, y: 0, width: 2560, height: 1440 };

describe('the window opens', () => {
  it('in the middle of the primary display on the first start', () => {
    expect(fitBounds(null, [laptop, monitor])).toEqual({ x: 80, y: 53, ...firstSize });
  });

  it('where it was left, also on a second display', () => {
    const left = { x: 1800, y: 100, width: 1600, height: 1000 };
    expect(fitBounds(left, [laptop, monitor])).toEqual(left);
  });

  it('on the primary display when the one it was on is gone', () => {
    const left = { x: 1800, y: 100, width: 1600, height: 1000 };
    expect(fitBounds(left, [laptop])).toEqual({ x: 0, y: 25, width: 1440, height: 875 });
  });

  it('no larger than the display, which may have shrunk', () => {
    const left = { x: 100, y: 60, width: 4000, height: 3000 };
    expect(fitBounds(left, [laptop])).toEqual({ x: 100, y: 60, width: 1440, height: 875 });
  });

  it('where its title bar can be reached, whatever was remembered', () => {
    const number = fc.integer({ min: -100_000, max: 100_000 });
    const bounds = fc.record({ x: number, y: number, width: number, height: number });
    fc.assert(
      fc.property(bounds, (remembered) => {
        const areas = [laptop, monitor];
        const { x, y, width } = fitBounds(remembered, areas);
        const home = areas.find(
          (area) => y >= area.y && y < area.y + area.height && x + width > area.x && x < area.x + area.width,
        );
        expect(home).toBeDefined();
      }),
    );
  });
});
