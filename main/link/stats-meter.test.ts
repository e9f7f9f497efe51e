import { expect, it } from 'vitest';
import { ManualClock } from '../../tests/link/manual-clock.ts';
import { noStats } from '../../shared/link/status.ts';
import { StatsMeter } from './stats-meter.ts';

it('turns byte counters into kilobits per second of the time between two samples', () => {
  const clock = new ManualClock();
  const meter = new StatsMeter(clock);
  const counters = { received: 0, receivedBytes: 0, sent: 0, sentBytes: 0 };
  meter.sample(counters, null);
  expect(meter.stats).toEqual(noStats);
  clock.advance(2_000);
  Object.assign(counters, { receivedBytes: 250_000, sentBytes: 125_000 });
  meter.sample(counters, 12);
  expect(meter.stats).toMatchObject({ receivedKbps: 1_000, sentKbps: 500, rttMs: 12 });
});

it('turns the runner’s counts of frames into frames per second', () => {
  const clock = new ManualClock();
  const meter = new StatsMeter(clock);
  meter.frames({ in: 30, out: 29, repeated: 0, inference_ms: 4.5 });
  clock.advance(2_000);
  meter.frames({ in: 60, out: 50, repeated: 0 });
  expect(meter.stats).toMatchObject({ runnerFpsIn: 30, runnerFpsOut: 25, inferenceMs: null });
});
