import { readPeers } from '../scripts/drive/peers.ts';
import type { RunnerProcess } from '../scripts/start/runner-process.mjs';
import { countConnections } from './fixtures/count-connections.ts';
import { freezeRunner } from './fixtures/freeze.ts';
import { readMetrics } from './fixtures/metrics.ts';
import type { TestedApp } from './fixtures/rig.ts';
import { blue, green, paperIs } from './fixtures/sketch-paper.ts';
import { readTimeline } from './fixtures/timeline.ts';
import { readTray, trayShows, trayTooltips, watchTray } from './fixtures/tray.ts';
import { expect, test } from './fixtures/test.ts';
import { noteWords, wordsSaid } from './fixtures/words.ts';

/** With the second until a stall is noticed: far more than media may be missing, far less than signalling may be. */
const stillMs = 3_000;

test.describe('a live stream', () => {
  let app: TestedApp;
  let runner: RunnerProcess;
  test.beforeAll(async ({ rig }) => {
    runner = await rig.startRunner();
    app = await rig.launchLive(runner);
    await watchTray(app.electron);
    await noteWords(app.page);
  });
  test.afterAll(({ rig }) => rig.clear());

  test('A64, S12: keeps the leg between page and main on 127.0.0.1', async () => {
    const [peer, ...more] = await readPeers(app.page);
    expect(more).toEqual([]);
    expect(peer).toMatchObject({
      state: 'connected',
      localAddress: '127.0.0.1',
      remoteAddress: '127.0.0.1',
      offeredAddresses: ['127.0.0.1'],
    });
  });

  test('A15: goes on in its session when a runner that was held still for 4 s is let go', async () => {
    test.skip(process.platform !== 'linux', 'the processes of a session are found in /proc');
    const { studio, page, electron } = app;
    const letGo = freezeRunner(runner);
    try {
      await expect.poll(() => wordsSaid(page)).toContain('No new picture is coming');
      await page.waitForTimeout(stillMs);
    } finally {
      letGo();
    }
    await studio.reached('live');
    await studio.showsFrames(10);
    expect(await trayTooltips(electron)).toContain('No new picture is coming');
    await trayShows(electron, 'live', 'Live');
    const timeline = (await readTimeline(studio)).join('\n');
    expect(timeline).toContain('The picture stopped');
    expect(timeline).not.toContain('Connection lost');
    const metrics = await readMetrics(runner);
    expect(metrics.get('linkspan_session_duration_seconds_count')).toBe(0);
    expect(await readPeers(page)).toHaveLength(1);
  });

  test('A52: says in window and tray that its runner was killed, and what it does about it', async () => {
    const { studio, page, electron } = app;
    await studio.setColour('paper', green.hex);
    await paperIs(page, green);
    runner.process.kill('SIGKILL');
    await studio.reached('recovering');
    const banner = studio.part('link-banner');
    await expect(banner).toContainText('Remote inference connection lost: ');
    await expect(banner).toContainText(/Attempt \d of 4/);
    await expect(studio.part('retry')).toBeVisible();
    await expect(studio.part('banner-stop')).toBeVisible();
    const tray = await readTray(electron);
    expect(tray.icon).toBe('warning');
    expect(tray.tooltip).toContain('Remote inference connection lost: ');
    expect(tray.menu).toContainEqual({ label: 'Retry now', enabled: true });
  });

  test('A35: moves again by itself once its runner is back, over the same peer connection, as set meanwhile', async ({
    rig,
  }) => {
    const { studio, page, electron } = app;
    await studio.setColour('paper', blue.hex);
    const made = await countConnections(page);
    const track = (): Promise<string | undefined> =>
      studio.part('output-video').evaluate((video) => {
        const stream = (video as HTMLVideoElement).srcObject;
        return stream instanceof MediaStream ? stream.getVideoTracks()[0]?.id : undefined;
      });
    const before = await track();
    runner = await rig.startRunner({ port: Number(new URL(runner.url).port) });
    await studio.reached('live');
    await studio.showsFrames(10);
    await paperIs(page, blue);
    expect(await made()).toBe(0);
    expect(await track()).toBe(before);
    expect(await readPeers(page)).toHaveLength(1);
    await trayShows(electron, 'live', 'Live');
    const timeline = (await readTimeline(studio)).join('\n');
    expect(timeline).toMatch(/Connection lost · .*\nTaking the session up again, attempt 1 of 4\n/);
  });

  test('A54: shows no figures of a picture while there is no link', async () => {
    const { studio } = app;
    await expect(studio.part('fps')).toContainText(/\d/);
    runner.process.kill('SIGKILL');
    await studio.reached('recovering');
    await expect(studio.part('fps')).not.toContainText(/\d/);
    await expect(studio.part('round-trip')).not.toContainText(/\d/);
  });
});
