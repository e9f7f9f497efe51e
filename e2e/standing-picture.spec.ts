import path from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from './fixtures/test.ts';
import { readTimeline } from './fixtures/timeline.ts';

const countingRecorded = /0:0[1-9]/;

/** Ends the inference worker from within, without a word. */
async function endEngine(page: Page): Promise<void> {
  const engine = page.workers().find((worker) => worker.url().includes('engine-worker'));
  if (!engine) throw new Error('The page has no inference worker.');
  const closed = new Promise((resolve) => engine.once('close', resolve));
  await engine.evaluate(() => setTimeout(() => close(), 0));
  await closed;
}

test.describe('this computer’s picture', () => {
  test.afterEach(({ rig }) => rig.clear());

  test('A63: once it has stopped says so, and goes on when the user asks for it', async ({ rig }) => {
    const { studio, page } = await rig.launch({ user: { route: 'local' } });
    await studio.shows('local');
    await studio.showsFrames(15);
    await endEngine(page);
    await studio.shows('held');
    await expect(studio.part('shown')).toContainText('this computer’s picture stopped');
    await expect(studio.part('link-banner')).toContainText('This computer’s picture stopped');
    await studio.shows('local');
    await studio.showsFrames(15);
    await endEngine(page);
    await studio.shows('held');
    await expect(studio.part('local-problem')).toContainText('twice within a minute');
    await expect(studio.part('notice').filter({ hasText: 'can’t run' })).toBeVisible();
    await studio.part('retry-local').click();
    await studio.shows('local');
    await studio.showsFrames(15);
    await expect(studio.part('local-problem')).toHaveCount(0);
    await expect(studio.part('link-banner')).toHaveCount(0);
    const lines = await readTimeline(studio);
    const stops = lines.filter((line) => line.startsWith('This computer’s picture stopped'));
    // On a busy machine it may falter by itself.
    expect(stops.length).toBeGreaterThanOrEqual(2);
    expect(lines.filter((line) => line.startsWith('This computer’s picture is back'))).toHaveLength(
      stops.length,
    );
  });

  for (const fallback of ['ask', 'off'] as const)
    test(`A60: goes on until the cloud’s is there, with a fallback that is “${fallback}”`, async ({
      rig,
    }) => {
      const runner = await rig.startRunner();
      const way = await rig.leadTo(runner);
      const { studio } = await rig.launchLive(way, { user: { route: 'cloud', fallback } });
      await studio.shows('cloud');
      await studio.chooseRoute('local');
      await studio.shows('local');
      await studio.reached('idle');
      way.network.refuse();
      await studio.chooseRoute('cloud');
      await expect(studio.part('shown')).toContainText('until the cloud is there');
      await studio.showsFrames(45);
      await expect(studio.part('shown')).toContainText('until the cloud is there');
      await way.network.accept();
      await studio.shows('cloud');
      await studio.showsFrames(15);
    });

  test('A60: goes on, and its recording with it, when the user asks for a cloud that there is none of', async ({
    rig,
  }) => {
    test.skip(process.platform !== 'linux', 'only there can a test choose the folder of videos');
    const home = rig.path('home');
    const { studio } = await rig.launch({
      user: null,
      env: { HOME: home, XDG_CONFIG_HOME: path.join(home, '.config') },
    });
    await studio.shows('local');
    await studio.part('record').click();
    await expect(studio.part('recording-figures')).toContainText(countingRecorded);
    await studio.chooseRoute('cloud');
    await expect(studio.part('endpoint-url')).toBeFocused();
    await studio.showsFrames(45);
    await studio.shows('local');
    await expect(studio.part('recording')).toHaveAttribute('data-phase', 'recording');
    await studio.part('record').click();
    await expect(studio.part('notice').filter({ hasText: 'Recorded:' })).toBeVisible();
  });
});
