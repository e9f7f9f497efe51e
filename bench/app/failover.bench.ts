/**
 * How long the picture stands still when the cloud's stops and this computer's takes over: 20 times with its media cut as
 * a network does it, 20 times with its runner frozen (SIGSTOP). The gap is read by the mixer between the last frame of the
 * one and the first of the other.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { breakLink, faultHooks } from '../../scripts/drive/break-link.ts';
import { readTimeline } from '../../e2e/fixtures/timeline.ts';
import { percentile, report, type BenchRow } from '../result.ts';
import { processTree } from './process-tree.ts';
import { withLiveApp, type LiveApp } from './with-live-app.ts';

const runs = 20;
const aimMs = 300;
/** Two seconds of the local picture: a shorter one is a hiccup, which the mixer learns to wait for after some of them. */
const outageFrames = 60;
/** How long the cloud's picture was on before it stops must not follow a beat. */
const onForMs = (run: number): number => 1_000 + ((run * 397) % 1_000);

/** Ends what the runner sends; the answer lets it go on. */
type Fault = (live: LiveApp) => Promise<() => Promise<void>>;

const cutMedia: Fault = async ({ app: { electron } }) => {
  await breakLink(electron, 'freezeAllMedia');
  return () => breakLink(electron, 'thawMedia');
};

const freezeRunner: Fault = async ({ runnerPid }) => {
  const processes = processTree(runnerPid).map(({ pid }) => pid);
  for (const pid of processes) process.kill(pid, 'SIGSTOP');
  return async () => {
    for (const pid of processes) process.kill(pid, 'SIGCONT');
  };
};

function gapsOf(fault: Fault): Promise<number[]> {
  return withLiveApp(
    async (live) => {
      const { studio } = live;
      for (let run = 0; run < runs; run += 1) {
        await studio.shows('cloud');
        await pause(onForMs(run));
        const mend = await fault(live);
        await studio.shows('local');
        await studio.showsFrames(outageFrames);
        await mend();
      }
      await studio.shows('cloud');
      const lines = await readTimeline(studio);
      return lines.flatMap((line) => /took over · .*gap of (\d+) ms/.exec(line)?.[1] ?? []).map(Number);
    },
    { route: 'auto', fallback: 'on' },
    faultHooks,
  );
}

const cut = await gapsOf(cutMedia);
const frozen = await gapsOf(freezeRunner);

const rows = (name: string, gaps: number[]): BenchRow[] => [
  {
    figure: `${name}, ${gaps.length} times: median`,
    value: percentile(gaps, 0.5),
    unit: 'ms',
    aim: `<= ${aimMs}`,
    met: percentile(gaps, 0.5) <= aimMs,
  },
  { figure: `${name}: longest`, value: Math.max(...gaps), unit: 'ms' },
];

report({
  title: `Gap of the picture when the cloud's stops and this computer's takes over, sketch at 512×512`,
  rows: [...rows('media cut', cut), ...rows('runner frozen', frozen)],
  raw: { cut, frozen },
});
