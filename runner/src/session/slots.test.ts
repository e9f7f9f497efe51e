import { expect, it } from 'vitest';
import { Slots } from './slots.ts';

it('gives out each place once', () => {
  const slots = new Slots(3);
  expect([slots.take(), slots.take(), slots.take()].map((slot) => slot?.index)).toEqual([0, 1, 2]);
  expect(slots.take()).toBeNull();
  expect(slots.free).toBe(0);
});

it('A41: prefers a place that is clear, and has whoever gets another wait', async () => {
  const slots = new Slots(2);
  const [first, second] = [slots.take()!, slots.take()!];
  const gone = Promise.withResolvers<void>();
  slots.release(first, gone.promise);
  slots.release(second, Promise.resolve());
  await Promise.resolve();
  expect(slots.free).toBe(2);
  const clear = slots.take()!;
  expect(clear.index).toBe(1);
  await clear.cleared;
  const waiting = slots.take()!;
  expect(waiting.index).toBe(0);
  let open = false;
  void waiting.cleared.then(() => {
    open = true;
  });
  await Promise.resolve();
  expect(open).toBe(false);
  gone.resolve();
  await waiting.cleared;
  expect(slots.take()).toBeNull();
});
