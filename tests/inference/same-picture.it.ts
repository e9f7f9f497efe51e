import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ModelRun } from '../../pipelines/run/model-run.ts';
import { colourAt } from '../../runner/src/inference/fixtures/frames.ts';
import { type I420Frame, builtInModelDir, createEngine } from '../../runner/src/inference/index.ts';
import { i420Size } from '../../runner/src/inference/i420-frame.ts';
import { findModels } from '../../runner/src/inference/model-folder.ts';
import { openSession } from '../../runner/src/inference/open-session.ts';
import { readModel } from '../../runner/src/inference/read-model.ts';
import { rgbToI420 } from '../../runner/src/inference/rgb-to-i420.ts';
import { servePage, type PageServer } from '../renderer/serve-page.ts';
import { buildTestPage, type BuiltTestPage } from '../renderer/build-test-page.ts';
import { frameCount, type PictureCase, planarFrame, size } from './same-picture-page/picture-case.ts';
import type { SamePicturePage } from './same-picture-page/page.browser.ts';

declare global {
  interface Window {
    samePicture: SamePicturePage;
  }
}

const cases: PictureCase[] = [
  { id: 'sketch', parameters: {} },
  { id: 'sketch', parameters: { paper: [0.9, 0.8, 0.6] } },
  { id: 'thermal', parameters: { palette: 2, gain: 1.4 } },
  { id: 'echo-trails', parameters: { tint: [1, 0.3, 0.1], decay: 0.9 } },
  { id: 'passthrough', parameters: {} },
];

let built: BuiltTestPage;
let server: PageServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  built = await buildTestPage(path.join(import.meta.dirname, 'same-picture-page'));
  server = await servePage(built.folder);
  browser = await chromium.launch({
    executablePath: process.env['LINKSPAN_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  page = await browser.newPage();
  await page.goto(server.origin);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await built?.dispose();
});

/** What the runner's ONNX Runtime gives for the frames, planar. */
async function onRunner({ id, parameters }: PictureCase): Promise<Float32Array[]> {
  const model = await readModel([builtInModelDir], id);
  if (!model.ok) throw new Error(model.problem);
  const session = await openSession(model.value, 'cpu', 1);
  if (!session.ok) throw new Error(session.problem);
  const options = { parameters, now: () => 0, log: () => undefined };
  const run = new ModelRun(model.value.manifest, (feeds) => session.value.run(feeds), options);
  const planes: Float32Array[] = [];
  for (let index = 0; index < frameCount; index++) {
    run.frameFor(size.width, size.height).data.set(planarFrame(index));
    // oxlint-disable-next-line no-await-in-loop -- a state goes from frame to frame
    planes.push((await run.run()).picture.data.slice());
  }
  await session.value.release();
  return planes;
}

function largest(one: ArrayLike<number>, other: ArrayLike<number>): number {
  expect(one.length).toBe(other.length);
  return Array.from(one).reduce((most, value, at) => Math.max(most, Math.abs(value - other[at]!)), 0);
}

const named = cases.map((wanted) => [`${wanted.id} ${JSON.stringify(wanted.parameters)}`, wanted] as const);

it.each(named)('app and runner compute the same: %s', async (_, wanted) => {
  const expected = await onRunner(wanted);
  for (const threads of [1, 2]) {
    // oxlint-disable-next-line no-await-in-loop -- two cores are not for four threads
    const actual = await page.evaluate(([given, count]) => window.samePicture.planes(given, count), [
      wanted,
      threads,
    ] as const);
    expected.forEach((plane, index) => expect(largest(actual[index]!, plane)).toBeLessThanOrEqual(1e-5));
  }
});

it.each(named)('the app’s engine shows what the runner computes: %s', async (_, wanted) => {
  const expected = await onRunner(wanted);
  const pixels = size.width * size.height;
  for (const threads of [1, 2]) {
    // oxlint-disable-next-line no-await-in-loop -- two cores are not for four threads
    const frames = await page.evaluate(([given, count]) => window.samePicture.pixels(given, count), [
      wanted,
      threads,
    ] as const);
    expected.forEach((plane, index) => {
      const bytes = Array.from({ length: 4 * pixels }, (__, at) => {
        const channel = at % 4;
        if (channel === 3) return 255;
        return Math.min(255, Math.max(0, 255 * plane[channel * pixels + (at >> 2)]!));
      });
      expect(largest(frames[index]!, bytes)).toBeLessThanOrEqual(1);
    });
  }
});

/** Frames as codecs carry them, each block of four pixels of one colour. */
function i420Frame(index: number): I420Frame {
  const { width, height } = size;
  const pixels = width * height;
  const planes = planarFrame(index);
  const blocks = Float32Array.from(planes, (_, at) => {
    const pixel = at % pixels;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return planes[at - pixel + (y - (y % 2)) * width + (x - (x % 2))]!;
  });
  const frame = { width, height, data: new Uint8Array(i420Size(width, height)) };
  rgbToI420(blocks, 1, frame);
  return frame;
}

it.each(named)('the runner’s engine shows the same of the same frames: %s', async (_, wanted) => {
  const frames = Array.from({ length: frameCount }, (__, index) => i420Frame(index));
  const engine = createEngine({ modelDirs: [builtInModelDir], log: () => undefined });
  expect((await engine.load(wanted.id, wanted.parameters)).ok).toBe(true);
  const expected: I420Frame[] = [];
  for (const frame of frames) {
    const out = new Promise<I420Frame>((resolve) => engine.onFrame(resolve));
    engine.submit(frame);
    // oxlint-disable-next-line no-await-in-loop -- the engine drops what comes during a run
    expected.push(await out);
  }
  await engine.dispose();
  const actual = await page.evaluate(([given, bytes]) => window.samePicture.fromI420(given, bytes), [
    wanted,
    frames.map(({ data }) => [...data]),
  ] as const);
  expected.forEach((frame, index) => {
    const differences = blockDifferences(actual[index]!, frame);
    // I420 rounds on the way in and out of the runner, and a palette makes steps of what is between two colours.
    expect(Math.max(...differences)).toBeLessThanOrEqual(6);
    expect(differences.reduce((sum, each) => sum + each, 0) / differences.length).toBeLessThanOrEqual(1);
  });
});

/** By the mean of four pixels, as I420 has one colour for them; all channels, 0–255. */
function blockDifferences(rgbx: readonly number[], frame: I420Frame): number[] {
  const { width, height } = size;
  const differences: number[] = [];
  for (let y = 0; y + 1 < height; y += 2) {
    for (let x = 0; x + 1 < width; x += 2) {
      const block = [x, x + 1].flatMap((column) => [y, y + 1].map((row) => [column, row] as const));
      for (const channel of [0, 1, 2] as const) {
        const difference = block.reduce((sum, [column, row]) => {
          const ours = rgbx[4 * (row * width + column) + channel]!;
          return sum + ours - colourAt(frame, column, row)[channel];
        }, 0);
        differences.push(Math.abs(difference / 4));
      }
    }
  }
  return differences;
}

it('a frame larger than the model is meant for is scaled, with its colours as they were', async () => {
  const wanted: PictureCase = { id: 'thermal', parameters: { palette: 3, gain: 1 } };
  const flat = async (width: number, height: number): ReturnType<SamePicturePage['flat']> =>
    page.evaluate(([given, from]) => window.samePicture.flat(given, [200, 120, 40], from), [
      wanted,
      { width, height },
    ] as const);
  const asItIs = await flat(64, 48);
  expect(asItIs).toMatchObject({ width: 64, height: 48 });
  const scaled = await flat(1280, 720);
  expect(scaled.width).toBeLessThan(1280);
  expect(Math.abs(scaled.width / scaled.height - 16 / 9)).toBeLessThan(0.02);
  expect(asItIs.least).toEqual(asItIs.most);
  expect(largest(scaled.least, asItIs.least)).toBeLessThanOrEqual(1);
  expect(largest(scaled.most, asItIs.most)).toBeLessThanOrEqual(1);
});

it('has the models themselves in the page, byte for byte', async () => {
  const files = await readdir(built.folder, { recursive: true });
  const models = files.filter((file) => file.endsWith('.onnx'));
  const hashes = await Promise.all(
    models.map(async (file) =>
      createHash('sha256')
        .update(await readFile(path.join(built.folder, file)))
        .digest('hex'),
    ),
  );
  const { models: ours } = await findModels([builtInModelDir]);
  expect(hashes.toSorted()).toEqual(ours.map(({ manifest }) => manifest.sha256).toSorted());
});
