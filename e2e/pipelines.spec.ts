import { distance, readPicture, type Rgb } from '../scripts/drive/picture.ts';
import { hardlyPaper, mostlyPaper, sketchPaper } from './fixtures/sketch-paper.ts';
import type { TestedApp } from './fixtures/rig.ts';
import { expect, test } from './fixtures/test.ts';

/** The test pattern's colour bars, left to right: 75 % bars of SMPTE RP 219. */
const bars: readonly Rgb[] = [
  [191, 191, 191],
  [191, 191, 0],
  [0, 191, 191],
  [0, 191, 0],
  [191, 0, 191],
  [191, 0, 0],
  [0, 0, 191],
];

test.describe('a pipeline', () => {
  let app: TestedApp;
  test.beforeAll(async ({ rig }) => {
    app = await rig.launchLive(await rig.startRunner());
  });
  test.afterAll(({ rig }) => rig.clear());

  const paper = async (rgb: Rgb = sketchPaper.rgb): Promise<number> =>
    (await readPicture(app.page)).shareNear(rgb, sketchPaper.within);

  test('is changed live: the picture goes from drawing to colours without the link going down', async () => {
    const { studio } = app;
    await expect.poll(() => paper()).toBeGreaterThan(mostlyPaper);
    await studio.choosePipeline('passthrough');
    await expect.poll(() => paper()).toBeLessThan(hardlyPaper);
    await expect(studio.part('link-status')).toHaveAttribute('data-phase', 'live');
    await expect(studio.part('pipeline-passthrough')).toHaveAttribute('aria-pressed', 'true');
  });

  test('keeps colours: passthrough shows the known bars within 6 of 255, through two codecs', async () => {
    const { studio, page } = app;
    await studio.choosePipeline('passthrough');
    const worst = async (): Promise<number> => {
      const picture = await readPicture(page, 'output-video', 256);
      const errors = bars.map((bar, index) => {
        const [left, right] = [(index + 0.25) / bars.length, (index + 0.75) / bars.length];
        return distance(bar, picture.median({ left, right, top: 0.92, bottom: 0.98 }));
      });
      return Math.max(...errors);
    };
    await expect.poll(worst, { message: 'largest error of any bar and channel' }).toBeLessThanOrEqual(6);
  });

  test('shows a changed parameter in its pixels', async () => {
    const { studio } = app;
    await studio.choosePipeline('sketch');
    await expect.poll(() => paper()).toBeGreaterThan(mostlyPaper);
    await studio.setColour('paper', '#2a6030');
    await expect.poll(() => paper([42, 96, 48])).toBeGreaterThan(mostlyPaper);
    await studio.part('reset-paper').click();
    await expect.poll(() => paper()).toBeGreaterThan(mostlyPaper);
  });

  test('draws fewer lines when its threshold goes up, set from the keyboard', async () => {
    const { studio, page } = app;
    await studio.choosePipeline('sketch');
    await expect.poll(() => paper()).toBeGreaterThan(mostlyPaper);
    const before = await paper();
    const slider = studio.part('parameter-threshold').getByRole('slider');
    await slider.focus();
    await page.keyboard.press('End');
    await expect.poll(() => paper()).toBeGreaterThan(before + 0.03);
  });

  test('keeps its own parameters while others are used', async () => {
    const { studio } = app;
    await studio.choosePipeline('thermal');
    await studio.choosePipeline('sketch');
    await expect(studio.part('reset-threshold')).toBeEnabled();
    await studio.part('reset-all').click();
    await expect(studio.part('reset-threshold')).toBeDisabled();
  });
});
