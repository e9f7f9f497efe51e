import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { secondsIn } from './fixtures/recorded-file.ts';
import { expect, test } from './fixtures/test.ts';
import { readTimeline } from './fixtures/timeline.ts';

const switches = 50;

test.skip(process.platform !== 'linux', 'only there can a test choose the folder of videos');
test.afterEach(({ rig }) => rig.clear());

test('A60: fifty switches of the route while recording: one file, which has every second', async ({
  rig,
  layout,
}) => {
  test.skip(layout === 'packaged', 'minutes, for the same code as in the other layout');
  // A guard against hanging: on a busy machine each session takes seconds to make.
  test.setTimeout(900_000);
  const runner = await rig.startRunner();
  const home = rig.path('home');
  const { studio, page } = await rig.launchLive(runner, {
    user: { route: 'auto', fallback: 'off' },
    env: { HOME: home, XDG_CONFIG_HOME: path.join(home, '.config') },
  });
  await studio.shows('cloud');
  await studio.part('record').click();
  await expect(studio.part('recording')).toHaveAttribute('data-phase', 'recording');
  for (let done = 0; done < switches; done += 1) {
    await page.keyboard.press('Control+l');
    await studio.shows(done % 2 === 0 ? 'local' : 'cloud');
  }
  await studio.part('record').click();
  await expect(studio.part('notice').filter({ hasText: 'Recorded:' })).toBeVisible();
  const folder = path.join(home, 'Videos', 'Linkspan');
  const files = await readdir(folder);
  expect(files).toHaveLength(1);
  const seconds = await secondsIn(path.join(folder, files[0]!));
  expect(seconds.length).toBeGreaterThan(10);
  expect(seconds).toEqual(Array.from({ length: seconds.length }, (_, second) => second));
  const lines = await readTimeline(studio);
  expect(lines.filter((line) => line.startsWith('Switched to this computer’s picture'))).toHaveLength(
    switches / 2,
  );
  expect(lines.filter((line) => line.startsWith('Switched to the cloud’s picture'))).toHaveLength(
    switches / 2,
  );
});
