import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseManifest } from '../../pipelines/manifest.ts';
import type { OnnxGraph } from '../../pipelines/onnx/graph.ts';
import type { FakeOptions } from './fake-options.ts';
import { candidateAt, heavy, invert, oneModel, taking, twoPictures } from './model-files.ts';
import { Studio, type OpenedPage } from './studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await Studio.create();
});
afterAll(() => studio.dispose());

/** A stopped page on the models' tab, where a pick leads to this file. */
async function open(
  file: OnnxGraph | Buffer | null,
  change: Parameters<typeof candidateAt>[1] = {},
  options: Partial<FakeOptions> = {},
): Promise<OpenedPage> {
  const bytes = file === null ? null : Buffer.isBuffer(file) ? file : Buffer.from(file.toBytes());
  if (bytes) studio.server.addMedia('model.onnx', bytes);
  const pickedModel = bytes ? candidateAt('/user-media/model.onnx', change) : null;
  const opened = await studio.open({ pickedModel, goesLive: false, ...options });
  await opened.page.getByTestId('stop').click();
  await opened.page.getByTestId('tab-models').click();
  return opened;
}

const part = (page: Page, name: string) => page.getByTestId(name);
const shown = { timeout: 60_000 };

/** Picks the file and waits for the outcome of its trial. */
async function pickAndTry(page: Page): Promise<string> {
  await part(page, 'model-add').click();
  await part(page, 'model-verdict').waitFor(shown);
  return part(page, 'model-verdict').innerText();
}

const savedManifest = async ({ calls }: OpenedPage) => {
  const [call] = await calls('saveModel');
  const parsed = parseManifest((call!.request as { manifest: string }).manifest);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
};

describe('the models', () => {
  it('that Linkspan brings are listed, with their licence', async () => {
    const { page, complaints, close } = await open(null);
    expect(await page.locator('[data-origin="built-in"]').count()).toBe(4);
    expect(await part(page, 'model-sketch').innerText()).toContain('Apache-2.0');
    expect(await page.getByTestId('model-remove').count()).toBe(0);
    await part(page, 'model-sketch').getByTestId('model-licence').click();
    await expect.poll(() => part(page, 'licence-text').innerText()).toContain('Apache License');
    await page.keyboard.press('Escape');
    await part(page, 'models-folder').click();
    expect(complaints).toEqual([]);
    await close();
  });

  it('are shown as main tells them, and folders that cannot be used are named', async () => {
    const { page, close } = await open(null);
    await page.evaluate(() =>
      window.fakeMain.push('models:changed', {
        models: [],
        problems: [{ folder: 'half', problem: 'model.json cannot be read (ENOENT)' }],
      }),
    );
    await expect
      .poll(() => part(page, 'model-problems').innerText())
      .toBe('half cannot be used: model.json cannot be read (ENOENT).');
    await close();
  });
});

describe('a model of the user’s own', () => {
  it('is added by what its file says, and by answers to the rest', async () => {
    const opened = await open(invert());
    const { page, complaints, calls, close } = opened;
    expect(await pickAndTry(page)).toMatch(/^Real time here at \d+ × \d+/);
    expect(await part(page, 'model-title').inputValue()).toBe('Invert colours');
    expect(await part(page, 'model-inferred').innerText()).toContain(
      'any size, in colour (NCHW, float32), with 1 parameter',
    );
    await part(page, 'model-title').fill('My inversion');
    await part(page, 'model-license').fill('MIT');
    await part(page, 'model-order').click();
    await page.getByRole('option', { name: /Blue first/ }).click();
    await page.getByRole('textbox', { name: 'Amount: starts at' }).fill('1');
    await part(page, 'model-save').click();
    await part(page, 'model-added').waitFor();
    expect(await savedManifest(opened)).toMatchObject({
      title: 'My inversion',
      license: 'MIT',
      io: {
        image: { channels: 'BGR', layout: 'NCHW', size: { mode: 'any', multipleOf: 1 } },
        params: [{ name: 'amount', input: 'p.amount', min: 0, max: 1, default: 1 }],
      },
    });
    expect(await part(page, 'model-own-1').innerText()).toContain('My inversion');
    expect(complaints).toEqual([]);
    // And removed again, once that is confirmed.
    await part(page, 'model-own-1').getByTestId('model-remove').click();
    await part(page, 'model-keep').click();
    expect(await calls('removeModel')).toEqual([]);
    await part(page, 'model-own-1').getByTestId('model-remove').click();
    await part(page, 'model-remove-confirm').click();
    await part(page, 'model-own-1').waitFor({ state: 'detached' });
    await close();
  });

  it('that is too slow here is told so, and may be added', async () => {
    const opened = await open(heavy());
    expect(await pickAndTry(opened.page)).toMatch(/^Too slow here: \d+ ms a frame at 256 × 256/);
    await part(opened.page, 'model-save').click();
    await part(opened.page, 'model-added').waitFor();
    expect((await savedManifest(opened)).budget.sizes).toEqual([[256, 256]]);
    await opened.close();
  });

  it('with parameters that do not add up is not added until they do', async () => {
    const { page, calls, close } = await open(invert());
    await pickAndTry(page);
    await page.getByRole('textbox', { name: 'Amount: to' }).fill('0');
    await part(page, 'model-save').click();
    await expect.poll(() => part(page, 'model-save-refused').innerText()).toContain('min must be below max');
    expect(await calls('saveModel')).toEqual([]);
    await page.getByRole('textbox', { name: 'Amount: to' }).fill('2');
    await part(page, 'model-save').click();
    await part(page, 'model-added').waitFor();
    await close();
  });

  it('leaves the focus of whoever works by the keyboard beside what was done', async () => {
    const { page, close } = await open(invert(), {}, { info: { models: oneModel } });
    const focusIsAt = (label: string): Promise<unknown> =>
      page.waitForFunction(
        (label) => document.activeElement?.closest('section')?.getAttribute('aria-label') === label,
        label,
      );
    const enter = async (testId: string): Promise<void> => {
      await part(page, testId).focus();
      await page.keyboard.press('Enter');
    };
    await enter('model-add');
    await part(page, 'model-form').waitFor(shown);
    await focusIsAt('Add a model');
    await enter('model-cancel');
    await part(page, 'model-add').waitFor();
    await focusIsAt('Add a model');
    await enter('model-remove');
    await enter('model-remove-confirm');
    await part(page, 'model-oil').waitFor({ state: 'detached' });
    await focusIsAt('Add a model');
    await close();
  });

  it('is taken by dropping it on the window, and forgotten when it is not wanted', async () => {
    const { page, calls, close } = await open(invert());
    await part(page, 'tab-source').click();
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'Dropped.ONNX'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    });
    await part(page, 'model-form').waitFor(shown);
    expect(await calls('stageModel')).toMatchObject([{ request: { name: 'Dropped.ONNX' } }]);
    await part(page, 'model-cancel').click();
    await expect.poll(async () => (await calls('discardModel')).length).toBe(1);
    await part(page, 'model-add').waitFor();
    await close();
  });
});

describe('a file that cannot be used is refused in words that say what to do', () => {
  it.each([
    { what: 'the wrong rank', file: taking([1, 784]), says: 'which is no picture: that has four dimensions' },
    { what: 'the wrong type', file: taking([1, 3, 'h', 'w'], 'int32'), says: 'works with float32 and uint8' },
    { what: 'two pictures', file: twoPictures(), says: 'It takes 2 pictures (“content”, “style”)' },
    {
      what: 'a damaged file',
      file: Buffer.from('not a model at all'),
      says: 'no ONNX model, or it is damaged',
    },
  ])('$what', async ({ file, says }) => {
    const { page, calls, close } = await open(file);
    await part(page, 'model-add').click();
    await part(page, 'model-refused').waitFor(shown);
    expect(await part(page, 'model-refused').innerText()).toContain(says);
    expect(await part(page, 'model-refused').innerText()).toContain('invert_colours.onnx cannot be added');
    expect(await calls('discardModel')).toHaveLength(1);
    expect(await part(page, 'model-add').isEnabled()).toBe(true);
    await close();
  });

  it('and so is one that main refuses', async () => {
    const problem = '“x.onnx” cannot be used: it is larger than 512 MiB.';
    const { page, close } = await open(null, {}, { pickedModel: { ok: false, problem } });
    await part(page, 'model-add').click();
    await expect.poll(() => part(page, 'model-refused').innerText()).toContain(problem);
    await close();
  });
});
