import { describe, expect, it } from 'vitest';
import { Sightings, type Glimpse } from './sightings.ts';

const frameMs = 33;

/** Frames `first` to `last`, each shown when it is due; number 1 at 33 ms. */
function shown(first: number, last: number, presentedBefore = first - 1): Glimpse[] {
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    number: first + index,
    at: (first + index) * frameMs,
    presentedFrames: presentedBefore + index + 1,
  }));
}

function seen(glimpses: readonly Glimpse[], drawn: number): Sightings {
  const sightings = new Sightings();
  sightings.add({ glimpses, drawn });
  return sightings;
}

describe('what a page showed', () => {
  it('misses nothing of an unbroken picture, which moves from the start', () => {
    const look = seen(shown(1, 60), 60).between(330, 60 * frameMs);
    expect(look).toMatchObject({ missed: 0, longestGapMs: frameMs, movesSince: 330 });
  });

  it('counts the numbers that an outage swallowed, and moves again from its end', () => {
    const sightings = seen([...shown(1, 30), ...shown(51, 90, 30)], 90);
    const look = sightings.between(30 * frameMs, 90 * frameMs);
    expect(look).toMatchObject({ missed: 20, longestGapMs: 21 * frameMs, movesSince: 51 * frameMs });
  });

  it('counts an outage from the fault only, and nothing of what was before or came later', () => {
    const sightings = seen([...shown(1, 10), ...shown(31, 60, 10), ...shown(81, 90, 40)], 90);
    const look = sightings.between(20 * frameMs, 60 * frameMs);
    expect(look).toMatchObject({ missed: 20, longestGapMs: 11 * frameMs, movesSince: 20 * frameMs });
  });

  it('counts what is drawn while the picture stands still, and says that it does', () => {
    const look = seen(shown(1, 30), 75).between(30 * frameMs, 75 * frameMs);
    expect(look).toMatchObject({ missed: 45, longestGapMs: 45 * frameMs, movesSince: null });
  });

  it('does not take a frame for missed that was presented and could not be read', () => {
    const [late, ...rest] = shown(32, 60, 31);
    const look = seen([...shown(1, 30), late!, ...rest], 60).between(330, 60 * frameMs);
    expect(look.missed).toBe(0);
    const gone = seen([...shown(1, 30), ...shown(32, 60, 30)], 60).between(330, 60 * frameMs);
    expect(gone.missed).toBe(1);
  });

  it('takes a frame that is shown again, or that cannot be read, for no new one', () => {
    const again = { number: 30, at: 31 * frameMs, presentedFrames: 31 };
    const torn = { number: null, at: 32 * frameMs, presentedFrames: 32 };
    const sightings = seen([...shown(1, 30), again, torn, ...shown(33, 40)], 40);
    expect(sightings.count).toBe(38);
    // Number 31 was not shown; 32 may have been the torn one.
    const { missed, longestGapMs } = sightings.between(330, 40 * frameMs);
    expect({ missed, longestGapMs }).toEqual({ missed: 1, longestGapMs: 3 * frameMs });
  });
});
