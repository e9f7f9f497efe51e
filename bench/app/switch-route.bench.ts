/**
 * How long the picture stands still when the user switches the route: to this computer and back, 20 times each, with
 * this computer's model warm (Auto, with the fallback) and cold (Cloud, without), read by the mixer between the last frame
 * of the one picture and the first of the other.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Fallback, Route } from '../../shared/settings/schema.ts';
import { readTimeline } from '../../e2e/fixtures/timeline.ts';
import { percentile, report, type BenchRow } from '../result.ts';
import { withLiveApp } from './with-live-app.ts';

const runs = 20;
const aimMs = 100;
/** Between two switches, so that each begins with a picture that has been on; not in step with anything. */
const onForMs = (run: number): number => 1_000 + ((run * 397) % 500);

const ways = [
  { to: 'this computer', line: /^Switched to this computer’s picture · After a gap of (\d+) ms/ },
  { to: 'the cloud', line: /^Switched to the cloud’s picture · After a gap of (\d+) ms/ },
] as const;

async function gapsOf(route: Route, fallback: Fallback): Promise<Record<string, number[]>> {
  const lines = await withLiveApp(
    async ({ app: { page }, studio }) => {
      await studio.shows('cloud');
      for (let run = 0; run < runs; run += 1) {
        await pause(onForMs(run));
        await page.keyboard.press('Control+l');
        await studio.shows('local');
        await pause(onForMs(run));
        await page.keyboard.press('Control+l');
        await studio.shows('cloud');
      }
      return readTimeline(studio);
    },
    { route, fallback },
  );
  return Object.fromEntries(
    ways.map(({ to, line }) => [to, lines.flatMap((each) => line.exec(each)?.[1] ?? []).map(Number)]),
  );
}

const warm = await gapsOf('auto', 'on');
const cold = await gapsOf('cloud', 'off');

const rows = (name: string, all: Record<string, number[]>): BenchRow[] =>
  Object.entries(all).flatMap(([to, gaps]) => [
    {
      figure: `${name}, to ${to}, median of ${gaps.length}`,
      value: percentile(gaps, 0.5),
      unit: 'ms',
      aim: `<= ${aimMs}`,
      met: percentile(gaps, 0.5) <= aimMs,
    },
    {
      figure: `${name}, to ${to}, longest`,
      value: Math.max(...gaps),
      unit: 'ms',
      aim: `<= ${aimMs}`,
      met: Math.max(...gaps) <= aimMs,
    },
  ]);

report({
  title: 'Gap of the picture when the user switches the route, sketch at 512×512',
  rows: [...rows('model warm', warm), ...rows('model cold', cold)],
  raw: { warm, cold },
});
