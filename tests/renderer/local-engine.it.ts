import path from 'node:path';
import { availableParallelism } from 'node:os';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTestPage, type BuiltTestPage } from './build-test-page.ts';
import { heavyModel } from './heavy-model.ts';
import { servePage, type PageServer } from './serve-page.ts';

let built: BuiltTestPage;
let server: PageServer;
let browser: Browser;
const heavy = heavyModel();

beforeAll(async () => {
  built = await buildTestPage(path.join(import.meta.dirname, 'engine-page'));
  server = await servePage(built.folder);
  server.addMedia('heavy.onnx', Buffer.from(heavy.bytes));
  server.addMedia('broken.onnx', Buffer.from('this is no model'));
  browser = await chromium.launch({
    executablePath: process.env['LINKSPAN_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await built.dispose();
});

/** The rig's page; what goes wrong on it, unasked, lands in `complaints`. */
async function open(): Promise<{ page: Page; complaints: string[]; close: () => Promise<void> }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(server.origin);
  await page.waitForFunction(() => 'rig' in window);
  return { page, complaints, close: () => context.close() };
}

const load = (page: Page, id: string, parameters = {}): Promise<void> =>
  page.evaluate(
    ([id, parameters]) =>
      window.rig.engine.load(
        window.rig.builtIn.find(({ manifest }) => manifest.id === id)!,
        parameters,
      ),
    [id, parameters] as const,
  );

const notices = (page: Page): Promise<string[]> => page.evaluate(() => window.rig.notices);
const state = (page: Page) => page.evaluate(() => window.rig.states.at(-1));

async function moreFrames(page: Page, count: number): Promise<void> {
  const until = (await page.evaluate(() => window.rig.frames)) + count;
  await page.waitForFunction((until) => window.rig.frames >= until, until);
}

/** Waits until the picture's middle is of this colour, give or take 12 of 255. */
async function shows(page: Page, colour: readonly number[]): Promise<void> {
  await page.waitForFunction(
    (colour) =>
      window.rig.last?.colour.every((value, channel) => Math.abs(value - colour[channel]!) <= 12) ?? false,
    colour,
  );
}

/** Of the sketch, whose paper is all that is left of plain grey. */
const red = { paper: [1, 0, 0] };
const green = { paper: [0, 1, 0] };

describe('the local engine, in Chromium', () => {
  it('makes frames of the source by the model and its parameters, and rests when none are wanted', async () => {
    const { page, complaints, close } = await open();
    await load(page, 'sketch', red);
    await shows(page, [255, 0, 0]);
    expect(await state(page)).toMatchObject({ phase: 'ready', pipelineId: 'sketch', provider: 'wasm' });
    await page.evaluate((values) => window.rig.engine.setParameters('sketch', values), green);
    await shows(page, [0, 255, 0]);
    await load(page, 'passthrough');
    await shows(page, [64, 64, 64]);
    expect(await state(page)).toMatchObject({ provider: 'identity' });
    await page.evaluate(() => window.rig.compute('idle'));
    expect(complaints).toEqual([]);
    await close();
  });

  it('is back in one restart after a crash, with a word and the latest parameters', async () => {
    const { page, close } = await open();
    await load(page, 'sketch', red);
    await shows(page, [255, 0, 0]);
    await page.evaluate((values) => window.rig.engine.setParameters('sketch', values), green);
    await shows(page, [0, 255, 0]);
    const [worker] = page.workers();
    const ended = worker!.waitForEvent('close');
    await worker!.evaluate(() => {
      setTimeout(() => {
        throw new Error('Crashed by a test');
      });
    });
    await ended;
    await page.evaluate(() => (window.rig.last = null));
    await shows(page, [0, 255, 0]);
    expect(await notices(page)).toEqual(['The local model crashed and was started again.']);
    expect(page.workers()).toHaveLength(1);
    expect(await page.evaluate(() => window.rig.sourceLive())).toBe(true);
    await close();
  });

  it('ends a worker whose run blocks it, and gives the model up when that happens again', async () => {
    const { page, close } = await open();
    await page.evaluate(
      (manifest) =>
        window.rig.engine.load({ manifest, url: '/user-media/heavy.onnx', origin: 'user' }, { work: 1 }),
      heavy.manifest,
    );
    await moreFrames(page, 5);
    const [worker] = page.workers();
    const ended = worker!.waitForEvent('close');
    await page.evaluate(() => window.rig.engine.setParameters('heavy', { work: 3000 }));
    await ended;
    // It is started again with the latest parameters; lighter ones save it, as would another model.
    await page.evaluate(() => window.rig.engine.setParameters('heavy', { work: 1 }));
    expect(await notices(page)).toEqual(['The local model did not answer for 3 s and was started again.']);
    // Its load may take 20 s.
    await page.waitForFunction(() => window.rig.states.at(-1)?.phase === 'failed', null, { timeout: 50_000 });
    expect(await state(page)).toMatchObject({
      pipelineId: 'heavy',
      problem: expect.stringContaining('choose a lighter model'),
    });
    await load(page, 'sketch', green);
    await shows(page, [0, 255, 0]);
    await close();
  });

  it.skipIf(availableParallelism() < 2)(
    'gives a slow model more threads, by another worker beside the one that goes on',
    async () => {
      const { page, complaints, close } = await open();
      await page.evaluate(
        (manifest) =>
          window.rig.engine.load({ manifest, url: '/user-media/heavy.onnx', origin: 'user' }, { work: 150 }),
        heavy.manifest,
      );
      await page.waitForFunction(() => {
        const state = window.rig.states.at(-1);
        return state?.phase === 'ready' && state.threads > 1;
      });
      await moreFrames(page, 5);
      const phases = await page.evaluate(() => window.rig.states.map(({ phase }) => phase));
      expect(phases.lastIndexOf('loading')).toBe(0);
      expect(await notices(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    },
  );

  it('looks at files beside the running picture', async () => {
    const { page, close } = await open();
    // Not run, and so never given another worker for more threads.
    await load(page, 'passthrough');
    await shows(page, [64, 64, 64]);
    const [picture] = page.workers();
    const seen = await page.evaluate(() => window.rig.engine.inspect('/user-media/heavy.onnx'));
    expect(seen).toMatchObject({ ok: true, value: { inputs: [{ name: 'image' }, { name: 'p.work' }] } });
    const broken = await page.evaluate(() => window.rig.engine.inspect('/user-media/broken.onnx'));
    expect(broken.ok).toBe(false);
    const tried = await page.evaluate(
      (manifest) =>
        window.rig.engine.try({
          url: '/user-media/heavy.onnx',
          manifest,
          size: { width: 64, height: 64 },
        }),
      heavy.manifest,
    );
    expect(tried).toMatchObject({ ok: true, value: { size: { width: 64, height: 64 } } });
    await expect.poll(() => page.workers()).toEqual([picture]);
    await moreFrames(page, 5);
    expect(await notices(page)).toEqual([]);
    await close();
  });
});
