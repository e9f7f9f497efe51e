import { expect, it } from 'vitest';
import { ManualClock } from '../fixtures/manual-clock.ts';
import { maxLogLineLength } from '../session/defaults.ts';
import { logBatch, maxWaitingLogLines } from './defaults.ts';
import { LogBatch } from './log-batch.ts';

function collect(): { batch: LogBatch; clock: ManualClock; sent: string[][] } {
  const clock = new ManualClock();
  const sent: string[][] = [];
  return { batch: new LogBatch(clock, (lines) => sent.push(lines)), clock, sent };
}

it('sends what came within half a second as one batch, in order', () => {
  const { batch, clock, sent } = collect();
  batch.add('a');
  batch.add('b');
  expect(sent).toEqual([]);
  clock.pass(logBatch.everyMs);
  batch.add('c');
  clock.pass(logBatch.everyMs);
  clock.pass(10 * logBatch.everyMs);
  expect(sent).toEqual([['a', 'b'], ['c']]);
});

it('sends at most 50 lines at a time, and the rest later', () => {
  const { batch, clock, sent } = collect();
  for (let line = 0; line < 120; line += 1) batch.add(`${line}`);
  clock.pass(4 * logBatch.everyMs);
  expect(sent.map((lines) => lines.length)).toEqual([50, 50, 20]);
  expect(sent.flat().at(-1)).toBe('119');
});

it('leaves out what comes too fast, and says how much where it is missing', () => {
  const { batch, clock, sent } = collect();
  for (let line = 0; line < maxWaitingLogLines + 7; line += 1) batch.add('x');
  clock.pass(logBatch.everyMs);
  batch.add('later');
  clock.pass(10 * logBatch.everyMs);
  const lines = sent.flat();
  expect(lines.filter((line) => line === 'x')).toHaveLength(maxWaitingLogLines);
  expect(lines.slice(-2)).toEqual(['(7 lines left out)', 'later']);
});

it('sends nothing any more once it is stopped', () => {
  const { batch, clock, sent } = collect();
  batch.add('a');
  batch.stop();
  clock.pass(10 * logBatch.everyMs);
  expect(sent).toEqual([]);
});

it('S13: cuts a line that a client made as long as it could', () => {
  const { batch, clock, sent } = collect();
  expect(batch.add('x'.repeat(1_000_000))).toBe(true);
  clock.pass(logBatch.everyMs);
  expect(sent.flat().map((line) => line.length)).toEqual([maxLogLineLength]);
});

it('S13: tells which lines there is no room for, so that nobody else keeps them either', () => {
  const { batch } = collect();
  const took = Array.from({ length: maxWaitingLogLines + 1 }, (_, line) => batch.add(`${line}`));
  expect(took.filter(Boolean)).toHaveLength(maxWaitingLogLines);
  expect(took.at(-1)).toBe(false);
});
