import type { FaultCommands } from '../main/faults/fault-hooks.ts';
import { breakLink, faultHooks } from '../scripts/drive/break-link.ts';
import { readPicture } from '../scripts/drive/picture.ts';
import type { RunnerProcess } from '../scripts/start/runner-process.mjs';
import { freezeRunner } from './fixtures/freeze.ts';
import { findClosedPort } from './fixtures/other-servers.ts';
import type { Path, TestedApp } from './fixtures/rig.ts';
import { blue, green, hardlyPaper, mostlyPaper, paperIs, sketchPaper } from './fixtures/sketch-paper.ts';
import { expect, test } from './fixtures/test.ts';
import { readTimeline } from './fixtures/timeline.ts';
import { trayShows, watchTray } from './fixtures/tray.ts';

const takeover = /^This computer’s picture took over · .+, after a gap of \d+ ms/;

test.describe('without a cloud', () => {
  test.afterEach(({ rig }) => rig.clear());

  test('A63: a first start makes a picture on this computer, from pattern and camera, and parameters are seen in it', async ({
    rig,
  }) => {
    const { studio, page, electron } = await rig.launch({ user: null });
    await watchTray(electron);
    await studio.shows('local');
    await studio.showsFrames(10);
    await expect(studio.part('link-status')).toHaveAttribute('data-phase', 'idle');
    await expect(studio.part('part-route')).toContainText('Local');
    await paperIs(page, sketchPaper);
    await studio.setColour('paper', green.hex);
    await paperIs(page, green);
    await studio.chooseCamera();
    await expect(studio.part('source-problem')).toHaveCount(0);
    await studio.showsFrames(10);
    await paperIs(page, green);
    await trayShows(electron, 'live', 'Local');
  });

  test('A63: stopping ends the picture and starting brings it back, with what was set', async ({ rig }) => {
    const { studio, page } = await rig.launch({ user: null });
    await studio.shows('local');
    await studio.setColour('paper', blue.hex);
    await paperIs(page, blue);
    await studio.part('stop').click();
    await expect(studio.part('stage')).toHaveAttribute('data-scene', 'stopped');
    await studio.part('start').click();
    await studio.shows('local');
    await studio.showsFrames(5);
    await paperIs(page, blue);
  });

  test('A63: each built-in pipeline runs, and another one is there without a gap', async ({ rig }) => {
    const { studio, page } = await rig.launch({ user: null });
    await studio.shows('local');
    for (const id of ['thermal', 'echo-trails', 'passthrough', 'sketch']) {
      await studio.choosePipeline(id);
      await studio.showsFrames(5);
      await expect(studio.part('stage')).toHaveAttribute('data-scene', 'picture');
    }
    await paperIs(page, sketchPaper);
  });
});

test.describe('a cloud that stops', () => {
  let runner: RunnerProcess;
  let way: Path;
  let app: TestedApp;
  const user = { route: 'auto', fallback: 'on' } as const;

  test.beforeEach(async ({ rig, layout }) => {
    runner = await rig.startRunner();
    way = await rig.leadTo(runner);
    app = await rig.launchLive(way, { user, env: layout === 'dev' ? faultHooks : {} });
    await app.studio.shows('cloud');
    await app.studio.showsFrames(30);
  });
  test.afterEach(({ rig }) => rig.clear());

  test('A60, A61: a frozen runner is stood in for within moments, labelled, and returned to once it is steady', async () => {
    const { studio, page } = app;
    await studio.setColour('paper', green.hex);
    await paperIs(page, green);
    const thaw = freezeRunner(runner);
    await studio.shows('local');
    await expect(studio.part('shown')).toContainText('the cloud’s picture stopped');
    await expect(studio.part('link-banner')).toContainText('this computer makes the picture');
    await studio.showsFrames(15);
    await paperIs(page, green);
    // A busy machine may have had one before.
    expect(await readTimeline(studio)).toContainEqual(expect.stringMatching(takeover));
    thaw();
    await studio.shows('cloud');
    await studio.reached('live');
    expect(await readTimeline(studio)).toContainEqual(expect.stringContaining('The cloud’s picture is back'));
    await paperIs(page, green);
  });

  test('A60: so is one whose socket and media are cut', async ({ layout }) => {
    test.skip(layout === 'packaged', 'a package has no fault hooks');
    const { studio, electron } = app;
    way.network.refuse();
    way.network.cut();
    await breakLink(electron, 'freezeAllMedia');
    await studio.shows('local');
    await studio.reached('recovering');
    await studio.showsFrames(15);
    expect(await readTimeline(studio)).toContainEqual(expect.stringMatching(takeover));
    await way.network.accept();
    await breakLink(electron, 'thawMedia');
    await studio.reached('live');
    await studio.shows('cloud');
  });

  test('A60: one that was killed is stood in for as long as it is away', async () => {
    const { studio } = app;
    runner.process.kill('SIGKILL');
    await studio.shows('local');
    await studio.showsFrames(15);
    await expect(studio.part('link-banner')).toBeVisible();
    await studio.part('use-local').click();
    await expect(studio.part('route-local')).toHaveAttribute('aria-pressed', 'true');
    await studio.showsFrames(15);
    await expect(studio.part('link-banner')).toHaveCount(0);
  });

  test('A61: ten flaps make at most two switches', async ({ layout }) => {
    test.skip(layout === 'packaged', 'a package has no fault hooks');
    const { studio, electron, page } = app;
    await page.evaluate(() => {
      const kinds: string[] = [];
      Object.assign(globalThis, { shownForTests: kinds });
      const note = (): void => {
        const kind = document.querySelector('[data-testid="shown"]')?.getAttribute('data-shown');
        // A picture held until the engine's first frame is a part of the switch to it.
        if ((kind === 'cloud' || kind === 'local') && kinds.at(-1) !== kind) kinds.push(kind);
      };
      note();
      new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    // In main, so that no flap is as long as the cloud needs to be steady, whatever this process is doing.
    await electron.evaluate(async () => {
      const { linkspanFaults } = globalThis as typeof globalThis & { linkspanFaults: FaultCommands };
      for (let flap = 0; flap < 10; flap += 1) {
        linkspanFaults.freezeAllMedia();
        await new Promise((resolve) => setTimeout(resolve, 500));
        linkspanFaults.thawMedia();
        await new Promise((resolve) => setTimeout(resolve, 400));
      }
    });
    // One switch by the last flap, and one back: those that a stutter brings later are not the flaps' own.
    const kinds = await page.evaluate(() => (globalThis as { shownForTests?: string[] }).shownForTests ?? []);
    const switches = kinds.length - 1;
    expect(switches, `${kinds.join()}; ${(await readTimeline(studio)).join('\n')}`).toBeLessThanOrEqual(1);
    expect(kinds.at(-1)).toBe('local');
    await studio.shows('cloud');
  });
});

test.describe('a fallback that nobody agreed to', () => {
  test.afterEach(({ rig }) => rig.clear());

  test('A61: the last picture stands still, labelled, until the user says yes; then it moves at once', async ({
    rig,
  }) => {
    const runner = await rig.startRunner();
    const { studio } = await rig.launchLive(runner, { user: { route: 'auto' } });
    await studio.shows('cloud');
    await expect(studio.part('fallback-question')).toBeVisible();
    const thaw = freezeRunner(runner);
    await studio.shows('held');
    await expect(studio.part('shown')).toContainText('Last picture');
    await expect(studio.part('output')).toHaveAttribute('data-picture', 'last');
    await studio.part('fallback-yes').click();
    await studio.shows('local');
    await studio.showsFrames(10);
    await expect(studio.part('fallback-question')).toHaveCount(0);
    await expect(studio.part('fallback-switch')).toHaveAttribute('data-state', 'on');
    thaw();
    await studio.shows('cloud');
  });
});

test.describe('routes', () => {
  test.afterEach(({ rig }) => rig.clear());

  test('A60: one key goes from cloud to local and back; source, pipeline and parameters stay', async ({
    rig,
  }) => {
    const runner = await rig.startRunner();
    const { studio, page } = await rig.launchLive(runner, { user: { route: 'auto', fallback: 'off' } });
    await studio.shows('cloud');
    await studio.chooseCamera();
    await studio.setColour('paper', green.hex);
    await paperIs(page, green);
    await page.keyboard.press('Control+l');
    await studio.shows('local');
    await studio.reached('idle');
    await paperIs(page, green);
    await studio.setColour('paper', blue.hex);
    await paperIs(page, blue);
    await page.keyboard.press('Control+l');
    await studio.shows('cloud');
    await paperIs(page, blue);
    expect(await studio.pipeline()).toBe('sketch');
    const source = await readPicture(page, 'source-video');
    expect(source.shareNear(blue.rgb, blue.within)).toBeLessThan(hardlyPaper);
    expect((await readPicture(page)).shareNear(blue.rgb, blue.within)).toBeGreaterThan(mostlyPaper);
  });

  test('an endpoint that cannot be reached leaves the picture on, made here, and says what is wrong', async ({
    rig,
  }) => {
    const { studio } = await rig.launch({ user: { route: 'auto' } });
    await studio.shows('local');
    await studio.useEndpoint(`ws://127.0.0.1:${await findClosedPort()}/ws`);
    await studio.reached('failed');
    await studio.showsFrames(15);
    await expect(studio.part('link-banner')).toContainText('Nothing is listening at this address');
    await expect(studio.part('stage')).toHaveAttribute('data-scene', 'picture');
  });
});
