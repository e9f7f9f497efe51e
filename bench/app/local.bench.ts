/**
 * The local route: time from a camera frame to its picture on screen, and frames shown, for each size and pipeline,
 * with the size that the engine really ran at; beside them the bare preview of the same camera in the same session,
 * and what ONNX Runtime's runs take by themselves.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import { percentile, report, type BenchRow } from '../result.ts';
import { readPaceOfModel } from './pace-of-model.ts';
import { showTimeOnCamera, startGlancing, takeGlances } from './time-code.ts';
import { withLocalApp } from './with-live-app.ts';

const fps = 30;
const frameMs = 1000 / fps;
const sizes = [
  { width: 256, height: 256 },
  { width: 512, height: 512 },
  { width: 640, height: 360 },
];
const pipelines = ['passthrough', 'sketch', 'thermal', 'echo-trails'];
/** The ladder looks at 30 runs; a model that is too slow here has found its size by then. */
const warmUpMs = 4_000;
const measuredMs = 10_000;

interface Measured {
  p50: number;
  p95: number;
  fps: number;
  /** Of the frames that were shown, 0–1: those whose code could be read. The others have no part in p50 and p95. */
  readShare: number;
}

async function warmUp(page: Page, testId: string): Promise<void> {
  await startGlancing(page, testId);
  await pause(warmUpMs);
}

async function measure(page: Page): Promise<Measured> {
  await takeGlances(page);
  const began = performance.now();
  await pause(measuredMs);
  const { shownAt: shown, read } = await takeGlances(page);
  const seconds = (performance.now() - began) / 1000;
  const latencies = read.map(({ drawnAt, shownAt }) => shownAt - drawnAt);
  return {
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    fps: shown.length / seconds,
    readShare: read.length / shown.length,
  };
}

const rows: BenchRow[] = [];
const raw: Record<string, Measured & { ranAt?: string }> = {};
for (const size of sizes) {
  const name = `${size.width}×${size.height}`;
  // oxlint-disable-next-line no-await-in-loop -- one after the other, or they would measure each other
  await withLocalApp({ route: 'local', frameSize: size }, async ({ app: { page }, studio }) => {
    await studio.shows('local');
    await showTimeOnCamera(page, { ...size, fps });
    await studio.chooseCamera();
    await warmUp(page, 'source-video');
    const bare = await measure(page);
    raw[`${name}, bare preview`] = bare;
    rows.push(
      { figure: `${name}, bare preview: camera to screen, p50`, value: bare.p50, unit: 'ms' },
      { figure: `${name}, bare preview: frames shown`, value: bare.fps, unit: 'fps' },
    );
    for (const pipeline of pipelines) {
      await studio.choosePipeline(pipeline);
      await warmUp(page, 'output-video');
      const before = await readPaceOfModel(studio, size);
      const local = await measure(page);
      const after = await readPaceOfModel(studio, size);
      const ranAt = before.text === after.text ? after.text : `${before.text}, then ${after.text}`;
      raw[`${name}, ${pipeline}`] = { ...local, ranAt };
      const over = local.p50 - bare.p50;
      const inference = await studio.part('inference').innerText();
      const aimed = size.width === 512;
      rows.push(
        { figure: `${name}, ${pipeline}: the model ran at`, value: ranAt },
        { figure: `${name}, ${pipeline}: camera to screen, p50`, value: local.p50, unit: 'ms' },
        { figure: `${name}, ${pipeline}: camera to screen, p95`, value: local.p95, unit: 'ms' },
        {
          figure: `${name}, ${pipeline}: over the bare preview, p50`,
          value: over,
          unit: 'ms',
          ...(aimed && {
            aim: `<= ${(1.5 * frameMs).toFixed(0)} at ${name}`,
            met: over <= 1.5 * frameMs && before.isFull && after.isFull,
          }),
        },
        { figure: `${name}, ${pipeline}: frames shown`, value: local.fps, unit: 'fps' },
        {
          figure: `${name}, ${pipeline}: ONNX Runtime's run, median`,
          value: Number.parseFloat(inference) || 0,
          unit: 'ms',
        },
      );
    }
  });
}
report({ title: `The local route, camera at ${fps} fps`, rows, raw });
