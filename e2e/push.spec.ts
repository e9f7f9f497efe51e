import type { Path, TestedApp } from './fixtures/rig.ts';
import { expect, test } from './fixtures/test.ts';
import { noteTicks, readTicks } from './fixtures/ticks.ts';

/** With the push of the status switched off, all of these are red, and most of the suite with them. */
test.describe('A56: the status is pushed', () => {
  let path: Path;
  let app: TestedApp;

  test.beforeAll(async ({ rig }) => {
    path = await rig.leadTo(await rig.startRunner());
    app = await rig.launchLive(path);
    await noteTicks(app.electron);
  });
  test.afterAll(({ rig }) => rig.clear());

  test('A52: to window and tray in the tick in which a loss is noticed, with nobody asking', async () => {
    const { studio, electron } = app;
    path.network.refuse();
    path.network.cut();
    await expect(studio.part('link-banner')).toContainText('Remote inference connection lost: ');
    const told = await readTicks(electron);
    const toWindow = told.find(({ who, what }) => who === 'window' && what === 'recovering');
    const toTray = told.find(({ who, what }) => who === 'tray' && what.includes('connection lost: '));
    expect(toWindow).toBeDefined();
    expect(toTray?.tick).toBe(toWindow?.tick);
  });

  test('to both when it is mended', async () => {
    const { studio, electron } = app;
    await path.network.accept();
    await studio.reached('live');
    await studio.showsFrames(3);
    const told = await readTicks(electron);
    const from = told.findIndex(({ what }) => what === 'recovering');
    const live = told.slice(from).find(({ who, what }) => who === 'window' && what === 'live');
    expect(told).toContainEqual({ who: 'tray', tick: live?.tick, what: 'Linkspan\nLive' });
  });
});
