import { readMetrics } from './fixtures/metrics.ts';
import type { Path, TestedApp } from './fixtures/rig.ts';
import { green, paperIs } from './fixtures/sketch-paper.ts';
import { readTimeline } from './fixtures/timeline.ts';
import { trayShows, watchTray } from './fixtures/tray.ts';
import { expect, test } from './fixtures/test.ts';
import type { RunnerProcess } from '../scripts/start/runner-process.mjs';

test.describe('what happens around a live link', () => {
  let runner: RunnerProcess;
  let path: Path;
  let app: TestedApp;

  test.beforeAll(async ({ rig }) => {
    runner = await rig.startRunner();
    path = await rig.leadTo(runner);
    app = await rig.launchLive(path);
    await watchTray(app.electron);
    await app.studio.setColour('paper', green.hex);
    await paperIs(app.page, green);
  });
  test.afterAll(({ rig }) => rig.clear());

  const resumed = async (): Promise<number | undefined> =>
    (await readMetrics(runner)).get('linkspan_resumes_total{outcome="hit"}');

  test('A31: back online it dials afresh, whatever its socket says, and offline it ends nothing', async () => {
    const { studio, page, electron } = app;
    await page.evaluate(() => dispatchEvent(new Event('offline')));
    await studio.showsFrames(10);
    await expect(studio.part('link-status')).toHaveAttribute('data-phase', 'live');
    expect(path.network.accepted).toBe(1);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await expect.poll(resumed).toBe(1);
    await studio.reached('live');
    // More than a second's: what is told sooner after it counts as the same event.
    await studio.showsFrames(40);
    expect(path.network.accepted).toBe(2);
    await trayShows(electron, 'live', 'Live');
    expect((await readTimeline(studio)).join('\n')).toMatch(/The network changed\n/);
  });

  test('A31: awake again it dials afresh and takes its session up', async () => {
    const { studio, page, electron } = app;
    await electron.evaluate(({ powerMonitor }) => {
      powerMonitor.emit('suspend');
      powerMonitor.emit('resume');
    });
    await expect.poll(resumed).toBe(2);
    await studio.reached('live');
    await studio.showsFrames(10);
    await paperIs(page, green);
    expect((await readTimeline(studio)).join('\n')).toMatch(/The computer woke up\n/);
  });

  /** What the timeline says. Main looks it up in the page, for Playwright gives up a page that has crashed. */
  const told = (): Promise<string[]> =>
    app.electron.evaluate(async ({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      const read = 'bridge.appInfo().then(({ timeline }) => timeline.map(({ what }) => what))';
      return (await webContents.executeJavaScript(read)) as string[];
    });

  /**
   * To the runner, the window was never away: same connection, same session, same peer connection.
   *
   * @param before What the timeline said then.
   */
  async function runnerNoticedNothing(before: readonly string[]): Promise<void> {
    const since = (await told()).slice(before.length);
    expect(since.filter((what) => what !== 'The window’s video connection was lost')).toEqual([]);
    expect(path.network.accepted).toBe(3);
    const metrics = await readMetrics(runner);
    expect(metrics.get('linkspan_sessions{signalling="attached"}')).toBe(1);
    expect(metrics.get('linkspan_session_duration_seconds_count')).toBe(0);
    expect(metrics.get('linkspan_resumes_total{outcome="hit"}')).toBe(2);
  }

  test('A65: a window that is loaded anew comes back onto the live session', async () => {
    const { studio, page, electron } = app;
    const before = await told();
    await page.evaluate(() => (document.title = 'the one before'));
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.reload());
    await page.waitForFunction(() => document.title !== 'the one before');
    await studio.showsFrames(10);
    await studio.reached('live');
    await paperIs(page, green);
    await runnerNoticedNothing(before);
    expect((await readTimeline(studio)).join('\n')).toContain('The computer woke up');
  });

  test('A65: so does one that has crashed', async () => {
    const { electron } = app;
    const before = await told();
    const contents = await electron.evaluateHandle(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents,
    );
    const crashed = await contents.evaluateHandle((contents) => ({
      gone: new Promise<string>((resolve) =>
        contents.once('render-process-gone', (_event, { reason }) => resolve(reason)),
      ),
    }));
    await contents.evaluate((contents) => contents.forcefullyCrashRenderer());
    expect(await crashed.evaluate(({ gone }) => gone)).toBe('crashed');
    const shown = (): Promise<number> =>
      contents.evaluate((contents) =>
        contents
          .executeJavaScript(
            `Number(document.querySelector('[data-testid="output-video"]')?.dataset.frames ?? 0)`,
          )
          .catch(() => 0),
      );
    await expect.poll(shown).toBeGreaterThan(10);
    await runnerNoticedNothing(before);
    await trayShows(electron, 'live', 'Live');
  });
});
