import { readPeers } from '../scripts/drive/peers.ts';
import type { RunnerProcess } from '../scripts/start/runner-process.mjs';
import { countConnections } from './fixtures/count-connections.ts';
import type { TestedApp } from './fixtures/rig.ts';
import { readTray, watchTray } from './fixtures/tray.ts';
import { expect, test } from './fixtures/test.ts';

test.describe('a live stream', () => {
  let app: TestedApp;
  let runner: RunnerProcess;
  test.beforeAll(async ({ rig }) => {
    runner = await rig.startRunner();
    app = await rig.launchLive(runner);
    await watchTray(app.electron);
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

  test('A52: says in window and tray that its runner was killed, and what it does about it', async () => {
    const { studio, electron } = app;
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

  test('moves again with nothing touched once its runner is back, over the same peer connection', async ({
    rig,
  }) => {
    const { studio, page, electron } = app;
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
    expect(await made()).toBe(0);
    expect(await track()).toBe(before);
    expect(await readPeers(page)).toHaveLength(1);
    await expect.poll(async () => (await readTray(electron)).icon).toBe('live');
  });

  test('A54: shows no figures of a picture while there is no link', async () => {
    const { studio } = app;
    await expect(studio.part('fps')).toContainText(/\d/);
    runner.process.kill('SIGKILL');
    await studio.reached('recovering');
    await expect(studio.part('fps')).not.toContainText(/\d/);
    await expect(studio.part('round-trip')).not.toContainText(/\d/);
  });

  test('A19: stops on purpose without an error, and tries nothing more', async () => {
    const { studio, electron } = app;
    await studio.part('banner-stop').click();
    await studio.reached('idle');
    await expect(studio.part('stopped')).toBeVisible();
    expect((await readTray(electron)).menu).toContainEqual({ label: 'Retry now', enabled: false });
  });
});
