import { AxeBuilder } from '@axe-core/playwright';
import type { Panel } from '../renderer/state/app-state.ts';
import type { RunnerProcess } from '../scripts/start/runner-process.mjs';
import type { Rig, TestedApp } from './fixtures/rig.ts';
import { expect, test } from './fixtures/test.ts';

/** More steps than the screen has stops: whoever has not arrived by then never will. */
const mostStops = 60;

test.describe('the screen', () => {
  let app: TestedApp;
  let runner: RunnerProcess;
  test.beforeAll(async ({ rig }) => {
    runner = await rig.startRunner();
    app = await rig.launch();
    await app.studio.part('no-endpoint').waitFor();
  });
  test.afterAll(({ rig }) => rig.clear());

  /** The package's page is the same; what is tried there is that its keys reach everything. */
  function whereThePageIsMade({ layout }: Rig): void {
    test.skip(layout === 'packaged', 'the page is the one that was looked through in the project’s build');
  }

  async function faults(): Promise<string[]> {
    // Electron opens no second page, which axe's usual mode wants for its frames; there are none here.
    const { violations } = await new AxeBuilder({ page: app.page }).setLegacyMode().analyze();
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}\n  ${html}`));
  }

  /** Whatever the tests before have left. */
  async function stream(): Promise<void> {
    const { studio } = app;
    if ((await studio.part('link-status').getAttribute('data-phase')) === 'live') return;
    await studio.useEndpoint(runner.url);
    await studio.reached('live');
  }

  async function tabTo(testId: string): Promise<void> {
    const { page, studio } = app;
    const part = studio.part(testId);
    for (let stop = 0; stop < mostStops; stop += 1) {
      if (await part.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`${testId} cannot be reached with the Tab key.`);
  }

  /** A list of tabs is one stop; the arrow keys choose in it. */
  async function chooseTab(panel: Panel): Promise<void> {
    const { page, studio } = app;
    await tabTo(
      await page
        .getByRole('tablist', { name: 'Settings' })
        .getByRole('tab', { selected: true })
        .evaluate((tab) => tab.dataset['testid'] ?? ''),
    );
    while ((await studio.part(`tab-${panel}`).getAttribute('aria-selected')) !== 'true') {
      await page.keyboard.press('ArrowRight');
    }
  }

  for (const theme of ['Light theme', 'Dark theme']) {
    test(`has no fault that axe finds before there is an endpoint: ${theme}`, async ({ rig }) => {
      whereThePageIsMade(rig);
      const { studio, page } = app;
      await page.getByRole('button', { name: theme }).click();
      for (const panel of ['pipeline', 'source', 'endpoint', 'activity'] as const) {
        await studio.show(panel);
        expect(await faults(), panel).toEqual([]);
      }
    });
  }

  test('leads from its start to the picture by keyboard alone', async () => {
    const { studio, page } = app;
    await chooseTab('endpoint');
    await tabTo('endpoint-url');
    await page.keyboard.type(runner.url);
    await page.keyboard.press('Enter');
    await studio.reached('live');
    await studio.showsFrames(3);
    await chooseTab('pipeline');
    await tabTo('pipeline-thermal');
    await page.keyboard.press('Enter');
    await expect(studio.part('pipeline-thermal')).toHaveAttribute('aria-pressed', 'true');
    await tabTo('stop');
    await page.keyboard.press('Enter');
    await studio.reached('idle');
    await page.keyboard.press('Enter');
    await studio.reached('live');
  });

  test('leads by keyboard alone to what became of the link, and to what its runner says', async () => {
    const { studio, page } = app;
    await stream();
    await chooseTab('activity');
    await expect(studio.part('timeline-entry').first()).toBeVisible();
    await tabTo('show-timeline');
    await page.keyboard.press('ArrowRight');
    await expect(studio.part('runner-log')).toBeVisible();
    await tabTo('link-status');
    await page.keyboard.press('Enter');
    await expect(studio.part('link-details')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(studio.part('link-details')).toHaveCount(0);
    await expect(studio.part('link-status')).toBeFocused();
  });

  for (const theme of ['Light theme', 'Dark theme']) {
    test(`has no fault that axe finds in what recovery adds to it: ${theme}`, async ({ rig }) => {
      whereThePageIsMade(rig);
      const { studio, page } = app;
      await stream();
      await page.getByRole('button', { name: theme }).click();
      await studio.part('link-status').click();
      await studio.part('link-details').waitFor();
      expect(await faults(), 'details').toEqual([]);
      await page.keyboard.press('Escape');
      await studio.show('activity');
      await studio.part('show-timeline').click();
      await studio.part('timeline-entry').first().waitFor();
      expect(await faults(), 'timeline').toEqual([]);
      await studio.part('show-runner-log').click();
      expect(await faults(), 'runner log').toEqual([]);
      await studio.show('endpoint');
      await studio.part('runner-test').first().click();
      await studio.part('runner-result').first().getByText('Connected').waitFor();
      expect(await faults(), 'runners').toEqual([]);
      await studio.part('runner-add').click();
      await studio.part('endpoint-url').fill('http://gpu-box:8443');
      expect(await faults(), 'another runner').toEqual([]);
      await studio.part('advanced').click();
      await studio.part('recovery-attempts').fill('0');
      await studio.part('recovery-save').click();
      await studio.part('recovery-problem-attempts').waitFor();
      expect(await faults(), 'detection and recovery').toEqual([]);
      await page.keyboard.press('Escape');
    });
  }

  for (const theme of ['Light theme', 'Dark theme']) {
    test(`has no fault that axe finds while it streams: ${theme}`, async ({ rig }) => {
      whereThePageIsMade(rig);
      const { studio, page } = app;
      await stream();
      await page.getByRole('button', { name: theme }).click();
      for (const pipeline of ['sketch', 'thermal', 'echo-trails']) {
        await studio.choosePipeline(pipeline);
        expect(await faults(), pipeline).toEqual([]);
      }
    });
  }

  test('has no fault that axe finds in its list of shortcuts and while it reconnects', async ({ rig }) => {
    whereThePageIsMade(rig);
    const { studio, page } = app;
    await stream();
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Escape');
    runner.process.kill('SIGKILL');
    await studio.reached('recovering');
    expect(await faults(), 'reconnecting').toEqual([]);
  });
});
