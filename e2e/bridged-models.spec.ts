import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pickFile } from './fixtures/dialogs.ts';
import { freezeRunner } from './fixtures/freeze.ts';
import { barIs, blue, invertingModel, yellow } from './fixtures/inverting-model.ts';
import { writeInvertingModel } from './fixtures/runner-models.ts';
import { paperIs, sketchPaper } from './fixtures/sketch-paper.ts';
import { expect, test } from './fixtures/test.ts';

const user = { route: 'auto', fallback: 'on' } as const;

test.describe('a pipeline that the cloud alone has', () => {
  test.afterAll(({ rig }) => rig.clear());

  test('A60: is stood in for by the one that the user picked, before and after a restart', async ({
    rig,
  }) => {
    // Two starts, and two outages that are waited out.
    test.slow();
    const models = rig.path('models');
    await writeInvertingModel(models, 'opposite', 'Opposite');
    const runner = await rig.startRunner({ args: ['--models', models] });
    const app = await rig.launchLive(runner, { user });
    const { studio, page } = app;
    await studio.choosePipeline('opposite');
    await barIs(page, blue);
    await expect(studio.part('stand-in')).toHaveText('Choose one');

    // As long as none is picked there is nothing to take over: the last picture stands still.
    const thaw = freezeRunner(runner);
    await studio.shows('held');
    await studio.part('stand-in').click();
    await page.getByRole('option', { name: 'Sketch' }).click();
    await studio.shows('local');
    await expect(studio.part('shown')).toHaveText(/^Local.*the cloud’s picture stopped$/);
    await paperIs(page, sketchPaper);
    thaw();
    expect(await studio.pipeline()).toBe('opposite');
    await app.quit();

    const again = await rig.launchLive(runner, { userData: app.userData });
    await expect(again.studio.part('stand-in')).toHaveText('Sketch');
    const thawAgain = freezeRunner(runner);
    await again.studio.shows('local');
    await expect(again.studio.part('shown')).toHaveText(/^Local.*the cloud’s picture stopped$/);
    await paperIs(again.page, sketchPaper);
    thawAgain();
  });
});

test.describe('a model of the user’s own that the runner has too', () => {
  test.afterAll(({ rig }) => rig.clear());

  test('A60: goes on here when the cloud stops, with what was set, and is changed here and there alike', async ({
    rig,
  }) => {
    // A trial takes a worker of its own for each size.
    test.slow();
    const file = rig.path('invert.onnx');
    await writeFile(file, invertingModel());
    const { studio, page, electron, userData } = await rig.launch({
      user,
      env: { LINKSPAN_ENDPOINT: undefined },
    });
    await pickFile(electron, file);
    await studio.show('models');
    await studio.part('model-add').click();
    await expect(studio.part('model-verdict')).toContainText(/^(?:Real time|Too slow) here/, {
      timeout: 60_000,
    });
    await studio.part('model-title').fill('Negative');
    await page.getByRole('textbox', { name: 'Amount: starts at' }).fill('1');
    await studio.part('model-save').click();
    await studio.part('model-use').click();
    await barIs(page, blue);

    const models = rig.path('models');
    await cp(path.join(userData, 'models/negative'), path.join(models, 'negative'), { recursive: true });
    const runner = await rig.startRunner({ args: ['--models', models] });
    await studio.useEndpoint(runner.url);
    await studio.reached('live');
    await studio.shows('cloud');
    await barIs(page, blue);
    expect(await studio.pipeline()).toBe('negative');
    await expect(studio.part('stand-in')).toHaveCount(0);

    const thaw = freezeRunner(runner);
    await studio.shows('local');
    await expect(studio.part('shown')).toHaveText(/^Local.*the cloud’s picture stopped$/);
    await studio.showsFrames(10);
    await barIs(page, blue);
    await studio.part('parameter-amount').getByRole('slider').focus();
    await page.keyboard.press('Home');
    await barIs(page, yellow);
    thaw();
    // Steady again, which on a busy machine takes a while.
    await studio.shows('cloud', 90_000);
    await barIs(page, yellow);
  });
});
