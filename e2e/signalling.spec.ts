import { readPeers } from '../scripts/drive/peers.ts';
import { readMetrics } from './fixtures/metrics.ts';
import { paperIs, green } from './fixtures/sketch-paper.ts';
import type { Path, TestedApp } from './fixtures/rig.ts';
import { readTimeline } from './fixtures/timeline.ts';
import { readTray, trayShows, watchTray } from './fixtures/tray.ts';
import { expect, test } from './fixtures/test.ts';
import type { RunnerProcess } from '../scripts/start/runner-process.mjs';

test.describe('signalling is lost while the runner lives', () => {
  let runner: RunnerProcess;
  let path: Path;
  let app: TestedApp;
  let lostBefore: number;

  test.beforeAll(async ({ rig }) => {
    runner = await rig.startRunner();
    path = await rig.leadTo(runner);
    app = await rig.launchLive(path);
    await watchTray(app.electron);
    await app.studio.setColour('paper', green.hex);
    await paperIs(app.page, green);
  });
  test.afterAll(({ rig }) => rig.clear());

  const packetsLost = async (): Promise<number | undefined> => (await readPeers(app.page))[0]?.packetsLost;

  test('A17, A52: window and tray say so and what is tried, and the picture goes on', async () => {
    const { studio, electron } = app;
    lostBefore = (await packetsLost()) ?? -1;
    path.network.refuse();
    expect(path.network.cut()).toBe(1);
    await studio.reached('recovering');
    const banner = studio.part('link-banner');
    await expect(banner).toContainText('Remote inference connection lost: The connection broke off');
    await expect(banner).toContainText('Taking the session up again.');
    await expect(banner).toContainText(/Attempt \d of 4/);
    await expect(banner).toContainText('The picture goes on meanwhile.');
    await expect(studio.part('part-signalling')).toContainText(/Lost|Dialling again/);
    await expect(studio.part('part-media')).toContainText('Goes on for now');
    await trayShows(electron, 'warning', 'Remote inference connection lost: The connection broke off');
    await studio.showsFrames(10);
    await expect(studio.part('link-status')).toHaveAttribute('data-phase', 'recovering');
  });

  test('A17: the same session is taken up again, with no packet lost and no parameter touched', async () => {
    const { studio, page, electron } = app;
    await path.network.accept();
    await studio.reached('live');
    await studio.showsFrames(10);
    expect(await packetsLost()).toBe(lostBefore);
    expect(await readPeers(page)).toHaveLength(1);
    await paperIs(page, green);
    const metrics = await readMetrics(runner);
    expect(metrics.get('linkspan_resumes_total{outcome="hit"}')).toBe(1);
    expect(metrics.get('linkspan_session_duration_seconds_count')).toBe(0);
    await trayShows(electron, 'live', 'Live');
    await expect(studio.part('link-banner')).toHaveCount(0);
    const timeline = (await readTimeline(studio)).join('\n');
    expect(timeline).toMatch(/Connection lost · The connection broke off/);
    expect(timeline).toMatch(/Session taken up again · after/);
  });

  test('A19: stopped while it waits for its next attempt, it is idle and tries nothing more', async () => {
    const { studio, electron } = app;
    const { network } = path;
    // The network still accepts, so that each attempt can be counted.
    runner.process.kill('SIGKILL');
    await studio.reached('recovering');
    await expect(studio.part('link-banner')).toContainText(/Attempt [23] of 4 in \d s/);
    await studio.part('banner-stop').click();
    await studio.reached('idle');
    await expect(studio.part('stopped')).toBeVisible();
    await expect(studio.part('failed')).toHaveCount(0);
    const tray = await readTray(electron);
    expect(tray.icon).toBe('idle');
    expect(tray.menu).toContainEqual({ label: 'Retry now', enabled: false });
    const { accepted } = network;
    // Longer than the pause that was being waited for: nothing is a matter of time.
    await app.page.waitForTimeout(2_500);
    expect(network.accepted).toBe(accepted);
    expect(network.open).toBe(0);
    expect((await readTimeline(studio)).at(-1)).toBe('Stopped');
  });
});
