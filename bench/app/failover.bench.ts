/**
 * How long the picture stands still when the cloud's stops and this computer's takes over: 20 times, media cut as a
 * network does it, the gap read by the mixer between the last frame of the one and the first of the other.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { breakLink, faultHooks } from '../../scripts/drive/break-link.ts';
import { readTimeline } from '../../e2e/fixtures/timeline.ts';
import { percentile, report } from '../result.ts';
import { withLiveApp } from './with-live-app.ts';

const runs = 20;
const aimMs = 300;
/** The cloud is steady again after two seconds; how long it was before it stops must not follow a beat. */
const steadyMs = (run: number): number => 3_000 + ((run * 397) % 1_000);

const gaps = await withLiveApp(
  async ({ app: { electron }, studio }) => {
    await studio.shows('cloud');
    for (let run = 0; run < runs; run += 1) {
      await pause(steadyMs(run));
      await breakLink(electron, 'freezeAllMedia');
      await studio.shows('local');
      await studio.showsFrames(10);
      await breakLink(electron, 'thawMedia');
      await studio.shows('cloud');
    }
    const lines = await readTimeline(studio);
    return lines.flatMap((line) => /took over · .*gap of (\d+) ms/.exec(line)?.[1] ?? []).map(Number);
  },
  { route: 'auto', fallback: 'on' },
  faultHooks,
);

const median = percentile(gaps, 0.5);
report({
  title: `Failover from the cloud's picture to this computer's, sketch at 512×512, ${gaps.length} times`,
  rows: [
    {
      figure: 'gap between the pictures, median',
      value: median,
      unit: 'ms',
      aim: `<= ${aimMs}`,
      met: median <= aimMs,
    },
    { figure: 'gap between the pictures, longest', value: Math.max(...gaps), unit: 'ms' },
  ],
  raw: gaps,
});
