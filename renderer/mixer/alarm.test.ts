import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Alarm } from './alarm.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

function makeAlarm(): { alarm: Alarm; rang: number[] } {
  const rang: number[] = [];
  return { alarm: new Alarm(Date.now, () => rang.push(Date.now())), rang };
}

it('rings once, at the earliest time that it was set to', () => {
  const { alarm, rang } = makeAlarm();
  alarm.set(300);
  alarm.set(200);
  alarm.set(400);
  vi.advanceTimersByTime(1_000);
  expect(rang).toEqual([200]);
});

it('does not ring when it was switched off, and holds no timer then', () => {
  const { alarm, rang } = makeAlarm();
  alarm.set(300);
  alarm.set(null);
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(1_000);
  expect(rang).toEqual([]);
  alarm.set(1_100);
  vi.advanceTimersByTime(200);
  expect(rang).toEqual([1_100]);
});
