import type { Bridge } from '../shared/ipc/bridge.ts';
import type { RunnerProcess } from '../scripts/start/runner-process.mjs';
import { answerMessages, askedMessages } from './fixtures/dialogs.ts';
import type { TestedApp } from './fixtures/rig.ts';
import { startAgain } from './fixtures/second-instance.ts';
import { clickTray, readTray, watchTray } from './fixtures/tray.ts';
import { expect, test } from './fixtures/test.ts';

const proposed = 'wss://gpu.example/ws';
const link = `linkspan://add-endpoint?url=${encodeURIComponent(proposed)}&name=Lab`;

test.describe('on the desktop, the app', () => {
  let app: TestedApp;
  let runner: RunnerProcess;
  test.beforeAll(async ({ rig }) => {
    runner = await rig.startRunner();
    app = await rig.launch();
    await watchTray(app.electron);
    await answerMessages(app.electron, 0);
  });
  test.afterAll(({ rig }) => rig.clear());

  const isVisible = (): Promise<boolean> =>
    app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some((window) => window.isVisible()),
    );
  const closeWindow = (): Promise<void> =>
    app.electron.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.close();
    });

  test('A52: follows the link with its tray: icon, tooltip and menu', async () => {
    const { studio, electron } = app;
    await studio.useEndpoint(runner.url);
    await studio.reached('live');
    await expect.poll(() => readTray(electron)).toMatchObject({ icon: 'live', tooltip: 'Linkspan\nLive' });
    const { menu } = await readTray(electron);
    expect(menu[0]).toEqual({ label: 'Live', enabled: false });
    expect(menu).toContainEqual({ label: 'Stop', enabled: true });

    await clickTray(electron, 'Stop');
    await studio.reached('idle');
    await expect.poll(() => readTray(electron)).toMatchObject({ icon: 'idle' });
    expect((await readTray(electron)).menu).toContainEqual({ label: 'Start', enabled: true });

    await clickTray(electron, 'Start');
    await studio.reached('live');
  });

  test('hides when its window is closed, and goes on streaming in the tray', async () => {
    const { studio, electron } = app;
    await closeWindow();
    await expect.poll(isVisible).toBe(false);
    expect((await readTray(electron)).icon).toBe('live');
    await clickTray(electron, 'Show Linkspan');
    await expect.poll(isVisible).toBe(true);
    await studio.showsFrames(3);
  });

  test('is started once: a second start shows its window and ends', async ({ rig }) => {
    await closeWindow();
    await expect.poll(isVisible).toBe(false);
    expect(await startAgain(rig, app.userData)).toBe(0);
    await expect.poll(isVisible).toBe(true);
    const windows = await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(1);
  });

  test('S11: only proposes what a link of a second start asks for', async ({ rig }) => {
    const { studio, electron } = app;
    await answerMessages(electron, 0);
    await startAgain(rig, app.userData, [link]);
    await expect.poll(async () => (await askedMessages(electron)).join()).toContain(proposed);
    await studio.show('endpoint');
    await expect(studio.part('runner-url').first()).toHaveText(runner.url);
  });

  test('S11: takes what a link asks for once the user agrees', async ({ rig }) => {
    const { studio, electron } = app;
    await answerMessages(electron, 1);
    await startAgain(rig, app.userData, [link]);
    await studio.show('endpoint');
    await expect(studio.part('runner-url').first()).toHaveText(proposed);
  });

  test('quits from its tray, and leaves nothing running', async ({ rig }) => {
    await clickTray(app.electron, 'Quit Linkspan').catch((error: unknown) => {
      // The answer may not make it out of a process that ends.
      expect(String(error)).toMatch(/closed|destroyed/i);
    });
    await app.ended;
    await rig.clear();
  });

  test('S11: only proposes what a link of its first start asks for', async ({ rig }) => {
    const { studio, page } = await rig.launch({ args: [link] });
    await expect(studio.part('no-endpoint')).toBeVisible();
    const endpoint = await page.evaluate(() => (window as unknown as { bridge: Bridge }).bridge.appInfo());
    expect(endpoint.endpoint).toBeNull();
  });
});
