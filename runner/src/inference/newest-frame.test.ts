import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { I420Frame } from './i420-frame.ts';
import { NewestFrame } from './newest-frame.ts';

const frame = (mark: number): I420Frame => ({ width: 1, height: 1, data: Uint8Array.of(mark, 0, 0) });

function open(): { place: NewestFrame; sent: number[] } {
  const sent: number[] = [];
  return { sent, place: new NewestFrame(({ data }) => sent.push(data[0]!)) };
}

it('sends the first at once, then only the newest of those that came during the run', () => {
  const { place, sent } = open();
  for (const mark of [1, 2, 3, 4]) place.offer(frame(mark));
  expect(sent).toEqual([1]);
  place.finished();
  expect(sent).toEqual([1, 4]);
  place.finished();
  expect(sent).toEqual([1, 4]);
  expect(place.takeReplaced()).toBe(2);
  expect(place.takeReplaced()).toBe(0);
});

it('keeps a copy: the owner may write into the frame again', () => {
  const { place, sent } = open();
  place.offer(frame(1));
  const reused = frame(2);
  place.offer(reused);
  reused.data[0] = 99;
  place.finished();
  expect(sent).toEqual([1, 2]);
});

it('counts a forgotten frame as replaced', () => {
  const { place, sent } = open();
  place.offer(frame(1));
  place.offer(frame(2));
  place.clear();
  place.finished();
  expect(sent).toEqual([1]);
  expect(place.takeReplaced()).toBe(1);
});

it('never has two in flight, never goes back in time and loses count of none', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (steps) => {
      let inFlight = 0;
      let offered = 0;
      const sent: number[] = [];
      const place = new NewestFrame(({ data }) => {
        inFlight += 1;
        expect(inFlight).toBe(1);
        sent.push(data[0]!);
      });
      for (const isFrame of steps) {
        if (isFrame) {
          place.offer(frame(++offered));
        } else if (inFlight === 1) {
          inFlight = 0;
          place.finished();
        }
      }
      while (inFlight === 1) {
        inFlight = 0;
        place.finished();
      }
      expect(sent).toEqual(sent.toSorted((a, b) => a - b));
      expect(sent.length + place.takeReplaced()).toBe(offered);
      if (offered > 0) expect(sent.at(-1)).toBe(offered);
    }),
  );
});
