import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstOutputSize, placeOutput } from './place-output.ts';

const laptop = { id: 1, workArea: { x: 0, y: 25, width: 1440, height: 875 } };
const projector = { id: 2, workArea: { x: 1440, y: 0, width: 1920, height: 1080 } };
const never = { display: null, onTop: false, places: {} };

describe('the output window opens', () => {
  it('the first time on the display that the main window is not on, if there is one', () => {
    expect(placeOutput(never, [laptop, projector])).toEqual({ x: 1920, y: 270, ...firstOutputSize });
    expect(placeOutput(never, [laptop])).toEqual({ x: 240, y: 193, ...firstOutputSize });
  });

  it('on the display where it was last, as it stood there', () => {
    const places = {
      1: { x: 10, y: 30, width: 640, height: 360 },
      2: { x: 1500, y: 40, width: 800, height: 450 },
    };
    expect(placeOutput({ display: 2, onTop: false, places }, [laptop, projector])).toEqual(places[2]);
    expect(placeOutput({ display: 1, onTop: false, places }, [laptop, projector])).toEqual(places[1]);
  });

  it('on the primary display when that one is gone', () => {
    const places = { 2: { x: 1500, y: 40, width: 800, height: 450 } };
    const place = placeOutput({ display: 2, onTop: false, places }, [laptop]);
    expect(place).toEqual({ x: 240, y: 193, ...firstOutputSize });
  });

  it('wholly on its display, whatever was remembered', () => {
    const number = fc.integer({ min: -100_000, max: 100_000 });
    const bounds = fc.record({ x: number, y: number, width: number, height: number });
    fc.assert(
      fc.property(bounds, (place) => {
        const { x, y, width, height } = placeOutput({ display: 2, onTop: false, places: { 2: place } }, [
          laptop,
          projector,
        ]);
        const { workArea } = projector;
        expect(x >= workArea.x && x + width <= workArea.x + workArea.width).toBe(true);
        expect(y >= workArea.y && y + height <= workArea.y + workArea.height).toBe(true);
      }),
    );
  });
});
