import type { Route } from '../shared/settings/schema.ts';
import type { Studio } from '../scripts/drive/studio.ts';
import type { RunnerProcess } from '../scripts/start/runner-process.mjs';
import { expect, test } from './fixtures/test.ts';

const chosen = (studio: Studio, route: Route): Promise<void> =>
  expect(studio.part(`route-${route}`)).toHaveAttribute('aria-pressed', 'true');

test.describe('the chosen route', () => {
  let runner: RunnerProcess;
  test.beforeAll(async ({ rig }) => {
    runner = await rig.startRunner();
  });
  test.afterEach(({ rig }) => rig.quitApps());
  test.afterAll(({ rig }) => rig.clear());

  test('A60: Ctrl+L goes from each route to the other picture and back to the same route', async ({
    rig,
  }) => {
    const { studio, page } = await rig.launchLive(runner, { user: { route: 'auto', fallback: 'off' } });
    for (const route of ['auto', 'cloud'] as const) {
      await studio.chooseRoute(route);
      await studio.shows('cloud');
      await page.keyboard.press('Control+l');
      await chosen(studio, 'local');
      await studio.shows('local');
      await page.keyboard.press('Control+l');
      await chosen(studio, route);
      await studio.shows('cloud');
    }
    await studio.chooseRoute('local');
    await studio.shows('local');
    await page.keyboard.press('Control+l');
    await chosen(studio, 'cloud');
    await studio.shows('cloud');
    // Also while something is being typed.
    await studio.typeEndpoint('ws://');
    await expect(studio.part('endpoint-token')).toBeVisible();
    await studio.part('endpoint-url').focus();
    await page.keyboard.press('Control+l');
    await chosen(studio, 'local');
    await studio.shows('local');
    await expect(studio.part('endpoint-url')).toHaveValue('ws://');
  });

  for (const route of ['local', 'cloud', 'auto'] as const) {
    test(`A38: “${route}” is kept over a restart`, async ({ rig }) => {
      const before = route === 'auto' ? 'cloud' : 'auto';
      const first = await rig.launchLive(runner, { user: { route: before, fallback: 'off' } });
      await first.studio.chooseRoute(route);
      await first.studio.shows(route === 'local' ? 'local' : 'cloud');
      await first.quit();
      const env = rig.layout === 'dev' ? { LINKSPAN_ENDPOINT: runner.url } : {};
      const { studio } = await rig.launch({ userData: first.userData, env });
      await chosen(studio, route);
      await studio.shows(route === 'local' ? 'local' : 'cloud');
      await studio.showsFrames(5);
    });
  }
});
