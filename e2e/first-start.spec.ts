import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readPicture } from '../scripts/drive/picture.ts';
import type { RunnerProcess } from '../scripts/start/runner-process.mjs';
import { hardlyPaper, mostlyPaper, sketchPaper } from './fixtures/sketch-paper.ts';
import { expect, test } from './fixtures/test.ts';

const manifest = path.resolve(import.meta.dirname, '../node_modules/electron/package.json');
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };

test.describe('a first start', () => {
  let runner: RunnerProcess;
  test.beforeAll(async ({ rig }) => {
    runner = await rig.startRunner();
  });
  test.afterEach(({ rig }) => rig.quitApps());
  test.afterAll(({ rig }) => rig.clear());

  test('in development streams the test pattern through sketch with nothing touched', async ({ rig }) => {
    test.skip(rig.layout === 'packaged', 'npm start offers a runner in development only');
    const { studio, page, electron } = await rig.launch({ env: { LINKSPAN_ENDPOINT: runner.url } });
    expect(await electron.evaluate(() => process.versions['electron'])).toBe(version);
    expect(await electron.evaluate(() => Reflect.has(globalThis, 'linkspanFaults'))).toBe(false);
    await studio.reached('live');
    await studio.showsFrames(10);
    const [sent, shown] = [await readPicture(page, 'source-video'), await readPicture(page)];
    expect(sent.shareNear(sketchPaper.rgb, sketchPaper.within)).toBeLessThan(hardlyPaper);
    expect(shown.shareNear(sketchPaper.rgb, sketchPaper.within)).toBeGreaterThan(mostlyPaper);
  });

  test('A58: a packaged app previews its source, and takes no endpoint from its environment', async ({
    rig,
  }) => {
    test.skip(rig.layout === 'dev', 'development builds do take it');
    const { studio, page, electron } = await rig.launch({ env: { LINKSPAN_ENDPOINT: runner.url } });
    expect(await electron.evaluate(() => process.versions['electron'])).toBe(version);
    await expect(studio.part('no-endpoint')).toContainText('Add a runner');
    await expect(studio.part('stage')).toHaveAttribute('data-view', 'fill');
    await expect
      .poll(async () => (await readPicture(page, 'source-video')).mean().some((value) => value > 20))
      .toBe(true);
    await expect(studio.part('link-status')).toHaveAttribute('data-phase', 'idle');
  });

  test('leads from “Add a runner” by way of a test to the picture', async ({ rig }) => {
    const { studio } = await rig.launch();
    await studio.part('no-endpoint').getByRole('button', { name: 'Add a runner' }).click();
    await expect(studio.part('endpoint-url')).toBeFocused();
    await studio.part('endpoint-url').fill(runner.url);
    await studio.part('endpoint-test').click();
    await expect(studio.part('endpoint-passed')).toContainText('Sketch');
    await studio.part('endpoint-save').click();
    await studio.reached('live');
    await studio.showsFrames(10);
  });
});
