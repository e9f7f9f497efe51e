import type { TestedApp } from './fixtures/rig.ts';
import { startRepeatingRunner } from './fixtures/repeating-runner.ts';
import { green, paperIs } from './fixtures/sketch-paper.ts';
import { expect, test } from './fixtures/test.ts';
import { readTimeline } from './fixtures/timeline.ts';

test.describe('a runner that sends one picture again and again', () => {
  let cloud: Awaited<ReturnType<typeof startRepeatingRunner>>;
  let app: TestedApp;

  test.beforeAll(async ({ rig }) => {
    cloud = await startRepeatingRunner(rig);
    app = await rig.launchLive(cloud.runner, { user: { route: 'auto', fallback: 'on' } });
    await app.studio.shows('cloud');
  });
  test.afterAll(({ rig }) => rig.clear());

  /** Has it repeat its picture until the window says so. On a busy machine it may have fallen silent just before. */
  const repeats = (): Promise<void> =>
    expect(async () => {
      await app.studio.shows('cloud');
      await cloud.repeat();
      try {
        const told = { timeout: 10_000 };
        await expect(app.studio.part('shown')).toContainText('the cloud repeats one picture', told);
      } catch (error) {
        await cloud.goOn();
        throw error;
      }
    }).toPass();

  test('A60: is known by its frame counter and stood in for, and returned to once it makes new ones', async () => {
    test.slow();
    const { studio, page } = app;
    await studio.setColour('paper', green.hex);
    await paperIs(page, green);
    await repeats();
    await studio.shows('local');
    await expect(studio.part('link-banner')).toContainText('The cloud repeats one picture');
    // The link sees frames come and has nothing to mend.
    await expect(studio.part('link-status')).toHaveAttribute('data-phase', 'live');
    await studio.showsFrames(15);
    await paperIs(page, green);
    const during = await readTimeline(studio);
    expect(during).toContainEqual(
      expect.stringMatching(/^This computer’s picture took over · .* repeats one picture/),
    );
    await cloud.goOn();
    // Steady again, which on a busy machine takes a while.
    await studio.shows('cloud', 90_000);
    expect(await readTimeline(studio)).toContainEqual(expect.stringContaining('The cloud’s picture is back'));
    await paperIs(page, green);
  });

  test('A61: is labelled as what it is where nothing may take its place', async () => {
    const { studio } = app;
    await studio.part('fallback-switch').click();
    await expect(studio.part('fallback-switch')).toHaveAttribute('data-state', 'off');
    await repeats();
    await studio.shows('held');
    await cloud.goOn();
    await studio.shows('cloud');
  });
});
