/**
 * Time from a camera frame to the transformed frame on screen, at 512² and 30 fps, everything on this machine:
 * page, main, runner, encoder and decoder on both sides. Printed beside what the runner says inference takes.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { percentile, report, type BenchRow } from '../result.ts';
import { showTimeOnCamera, startGlancing, takeGlances, type Glances } from './time-code.ts';
import { withLiveApp } from './with-live-app.ts';

const size = 512;
const fps = 30;
/** Bitrate and jitter buffers settle within this. */
const warmUpMs = 8_000;
const measuredMs = 20_000;
const aim = { latencyMs: 60, fps: 29.5 };

function rows(pipeline: string, glances: Glances, seconds: number): BenchRow[] {
  const { read, shownAt } = glances;
  const latencies = read.map(({ drawnAt, shownAt }) => shownAt - drawnAt);
  const gaps = shownAt.slice(1).map((at, index) => at - shownAt[index]!);
  const p50 = percentile(latencies, 0.5);
  const shown = shownAt.length / seconds;
  return [
    {
      figure: `${pipeline}: camera to screen, p50`,
      value: p50,
      unit: 'ms',
      aim: `<= ${aim.latencyMs}`,
      met: p50 <= aim.latencyMs,
    },
    { figure: `${pipeline}: camera to screen, p95`, value: percentile(latencies, 0.95), unit: 'ms' },
    {
      figure: `${pipeline}: frames shown`,
      value: shown,
      unit: 'fps',
      aim: `>= ${aim.fps}`,
      met: shown >= aim.fps,
    },
    { figure: `${pipeline}: longest gap between frames`, value: Math.max(...gaps), unit: 'ms' },
  ];
}

const result = await withLiveApp(async ({ app: { page }, studio }) => {
  await studio.shows('cloud');
  await showTimeOnCamera(page, { width: size, height: size, fps });
  await studio.chooseCamera();
  await startGlancing(page);
  const all: BenchRow[] = [];
  for (const pipeline of ['passthrough', 'sketch']) {
    await studio.choosePipeline(pipeline);
    await pause(warmUpMs);
    await takeGlances(page);
    const began = performance.now();
    await pause(measuredMs);
    const glances = await takeGlances(page);
    all.push(...rows(pipeline, glances, (performance.now() - began) / 1000));
  }
  return all;
});

report({
  title: `Glass to glass, ${size}×${size} at ${fps} fps, app and runner on one machine`,
  rows: result,
});
