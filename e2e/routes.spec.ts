import type { RunnerProcess } from '../scripts/start/runner-process.mjs';
import { findClosedPort } from './fixtures/other-servers.ts';
import type { TestedApp } from './fixtures/rig.ts';
import { green, paperIs } from './fixtures/sketch-paper.ts';
import { readTimeline } from './fixtures/timeline.ts';
import { trayShows, trayTooltips, watchTray } from './fixtures/tray.ts';
import { expect, test } from './fixtures/test.ts';
import { noteWords, wordsSaid } from './fixtures/words.ts';

/** A runner that is told to stop waits for its clients to move. */
const draining = { args: ['--drain-timeout', '30'] };
/** More frames than come in the second after which these links have all their attempts again. */
const steady = 40;

test.describe('with another runner to go to', () => {
  let first: RunnerProcess;
  let second: RunnerProcess;
  let app: TestedApp;

  test.beforeAll(async ({ rig }) => {
    [first, second] = await Promise.all([rig.startRunner(draining), rig.startRunner(draining)]);
    app = await rig.launchLive(first);
    await watchTray(app.electron);
    await noteWords(app.page);
  });
  test.afterAll(({ rig }) => rig.clear());

  const portOf = ({ url }: RunnerProcess): number => Number(new URL(url).port);

  test('the others are listed in the order in which they are gone to', async () => {
    const { studio } = app;
    await studio.addRunner('ftp://runner.example/ws', 'Nonsense');
    await expect(studio.part('endpoint-refused')).toContainText('This address cannot be used');
    await studio.part('endpoint-cancel').click();
    await studio.addRunner(`ws://127.0.0.1:${await findClosedPort()}/ws`, 'Nobody');
    await studio.addRunner(second.url, 'Spare');
    const others = studio.part('runner-name').filter({ hasText: /Nobody|Spare/ });
    await expect(studio.part('runner')).toHaveCount(3);
    await expect(others).toHaveText(['Nobody', 'Spare']);
    await studio.part('runner-up').nth(2).click();
    await expect(others).toHaveText(['Spare', 'Nobody']);
    await studio.part('runner-remove').last().click();
    await studio.part('runner-remove-confirm').click();
    await expect(others).toHaveText(['Spare']);
    await expect(studio.part('link-status')).toHaveAttribute('data-phase', 'live');
    // A link that runs goes on knowing those that were in its list; one that is started anew does not.
    await studio.part('stop').click();
    await studio.reached('idle');
    await studio.part('stopped').getByRole('button', { name: 'Start' }).click();
    await studio.reached('live');
  });

  test('numbers of recovery are refused out of their range, and are in force once saved', async () => {
    const { studio } = app;
    await studio.show('endpoint');
    await studio.part('advanced').click();
    await studio.part('recovery-attempts').fill('0');
    await studio.part('recovery-stableMs').fill('1');
    await studio.part('recovery-save').click();
    await expect(studio.part('recovery-problem-attempts')).toBeVisible();
    await expect(studio.part('recovery-attempts')).toBeFocused();
    await studio.part('recovery-attempts').fill('1');
    await studio.part('recovery-save').click();
    await expect(studio.part('recovery-form')).toHaveCount(0);
  });

  test('A62: from a runner that drains it moves to the other before that one goes, and says so', async () => {
    const { studio, page, electron } = app;
    await studio.setColour('paper', green.hex);
    await paperIs(page, green);
    const ended = new Promise((resolve) => first.process.once('exit', resolve));
    first.process.kill('SIGTERM');
    await expect.poll(() => wordsSaid(page)).toContain('The runner is about to stop');
    await expect(studio.part('part-route')).toContainText('Spare');
    await studio.reached('live');
    await ended;
    await studio.showsFrames(10);
    await paperIs(page, green);
    expect(await wordsSaid(page)).not.toContain('connection lost');
    expect(await trayTooltips(electron)).toContain('The runner is about to stop');
    await trayShows(electron, 'live', 'Live');
    const timeline = (await readTimeline(studio)).join('\n');
    expect(timeline).toMatch(/The runner is about to go away · .*\nMaking a session elsewhere\n/);
  });

  test('A21: when its runner is gone for good it goes to the next, after as many attempts as were set', async ({
    rig,
  }) => {
    const { studio, page, electron } = app;
    first = await rig.startRunner({ port: portOf(first) });
    await studio.showsFrames(steady);
    second.process.kill('SIGKILL');
    await expect.poll(() => wordsSaid(page)).toContain('Moving to another runner. Attempt 1 of 1');
    await studio.reached('live');
    await studio.showsFrames(10);
    await paperIs(page, green);
    await expect(studio.part('part-route')).not.toContainText('Spare');
    expect(await trayTooltips(electron)).toContain('Moving to another runner.');
    const timeline = (await readTimeline(studio)).join('\n');
    expect(timeline).toMatch(
      /Starting a new session, attempt 1 of 1\n.*\nMoving to another runner, attempt 1 of 1/,
    );
  });

  test('A53: with none left it says so, and comes back by itself as soon as there is one', async ({
    rig,
  }) => {
    const { studio, electron } = app;
    const port = portOf(first);
    await studio.showsFrames(steady);
    first.process.kill('SIGKILL');
    await studio.reached('failed');
    await expect(studio.part('failed')).toContainText('Reconnection failed after 3 attempts.');
    await trayShows(electron, 'failed', 'Reconnection failed after 3 attempts.');
    first = await rig.startRunner({ port });
    await studio.reached('live');
    await studio.showsFrames(10);
    await trayShows(electron, 'live', 'Live');
  });

  test('what its runner writes to its log is shown', async () => {
    const { studio } = app;
    await studio.show('activity');
    await studio.part('show-runner-log').click();
    await expect(studio.part('runner-log-line').first()).toContainText('"sketch" runs on');
  });
});
