import type { Page, Worker } from 'playwright';
import { pickFile } from './fixtures/dialogs.ts';
import { mostlyPaper, paperIs, sketchPaper, green } from './fixtures/sketch-paper.ts';
import { readPicture } from '../scripts/drive/picture.ts';
import { expect, test } from './fixtures/test.ts';
import { readTimeline } from './fixtures/timeline.ts';
import { makeVideoFile } from './fixtures/video-file.ts';

const engineOf = (page: Page): Worker => {
  const worker = page.workers().find((each) => each.url().includes('engine-worker'));
  if (!worker) throw new Error('The page has no inference worker.');
  return worker;
};

test.describe('the local engine', () => {
  test.afterEach(({ rig }) => rig.clear());

  test('comes back by one restart, with a message and what was set, when its worker is gone', async ({
    rig,
  }) => {
    const { studio, page, electron } = await rig.launch({ user: null });
    // On more cores a busy machine has it change to a worker of more threads, at a moment of its own.
    await page.addInitScript(() => Object.defineProperty(navigator, 'hardwareConcurrency', { value: 1 }));
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.reload());
    await page.waitForFunction(() => navigator.hardwareConcurrency === 1);
    await studio.shows('local');
    await studio.setColour('paper', green.hex);
    await paperIs(page, green);
    const before = engineOf(page);
    // It goes without a word, so that nothing but its silence tells.
    const closed = new Promise((resolve) => before.once('close', resolve));
    await before.evaluate(() => setTimeout(() => close(), 0));
    await closed;
    await expect(studio.part('notice')).toContainText('was started again');
    await studio.showsFrames(15);
    await paperIs(page, green);
    expect(engineOf(page)).not.toBe(before);
    const restarts = (await readTimeline(studio)).filter((line) => line.includes('was started again'));
    expect(restarts).toHaveLength(1);
  });

  test('A63: takes a video file', async ({ rig }) => {
    const { studio, page, electron } = await rig.launch({ user: { route: 'local' } });
    await studio.shows('local');
    const file = rig.path('clip.webm');
    await makeVideoFile(page, file, { colour: '#20c040', seconds: 1 });
    await pickFile(electron, file);
    await studio.show('source');
    await studio.part('source-file').click();
    await studio.showsFrames(45);
    // One colour has no edges: what is drawn is paper.
    await expect
      .poll(async () => (await readPicture(page)).shareNear(sketchPaper.rgb, sketchPaper.within))
      .toBeGreaterThan(mostlyPaper);
    await studio.choosePipeline('passthrough');
    await expect
      .poll(async () => (await readPicture(page)).shareNear([32, 192, 64], 20))
      .toBeGreaterThan(0.9);
  });

  test('keeps what a pipeline was set to, on either route and after a restart of the app', async ({
    rig,
  }) => {
    const first = await rig.launch({ user: { route: 'local' } });
    await first.studio.shows('local');
    await first.studio.setColour('paper', green.hex);
    await paperIs(first.page, green);
    await first.studio.choosePipeline('thermal');
    await first.studio.choosePipeline('sketch');
    await paperIs(first.page, green);
    await first.quit();
    const second = await rig.launch({ userData: first.userData });
    await second.studio.shows('local');
    await paperIs(second.page, green);
  });
});
