import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunnerProcess } from '../scripts/start/runner-process.mjs';
import { answerMessages } from './fixtures/dialogs.ts';
import { readMetrics } from './fixtures/metrics.ts';
import { blue, green, paperIs } from './fixtures/sketch-paper.ts';
import { readTimeline } from './fixtures/timeline.ts';
import { expect, test } from './fixtures/test.ts';

/** Made up for these tests; it never leaves loopback. */
const token = 'a-token-for-this-test-only';
/** "Store it anyway": where there is no keyring, an app that may keep a token keeps its way back too. */
const storeAnyway = 2;

test.describe('after a restart', () => {
  let runner: RunnerProcess;
  test.beforeAll(async ({ rig }) => {
    runner = await rig.startRunner();
  });
  test.afterEach(({ rig }) => rig.quitApps());
  test.afterAll(({ rig }) => rig.clear());

  const settingsText = (userData: string): string =>
    readdirSync(userData)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(path.join(userData, name), 'utf8'))
      .join('\n');

  test('A38: source, endpoint, pipeline and parameters are those of before the quit', async ({ rig }) => {
    const first = await rig.launch();
    await first.studio.useEndpoint(runner.url);
    await first.studio.reached('live');
    await first.studio.chooseCamera();
    await first.studio.choosePipeline('thermal');
    await first.studio.choosePipeline('sketch');
    await first.studio.setColour('paper', green.hex);
    await paperIs(first.page, green);
    await first.quit();

    const { userData } = first;
    const second = await rig.launch({ userData });
    await second.studio.reached('live');
    await paperIs(second.page, green);
    await expect(second.studio.part('pipeline-sketch')).toHaveAttribute('aria-pressed', 'true');
    await expect(second.page.getByLabel(/Source: .*fake/i)).toBeAttached();
    await second.studio.show('endpoint');
    await expect(second.studio.part('runner-url')).toHaveText([runner.url]);
  });

  test('A38: a parameter survives a crash that follows it, and the session goes on in the slot it has', async ({
    rig,
  }) => {
    const guarded = await rig.startRunner({ token, args: ['--slots', '1'] });
    const first = await rig.launch();
    await answerMessages(first.electron, storeAnyway);
    await first.studio.useEndpoint(guarded.url, token);
    await first.studio.reached('live');
    await first.studio.setColour('paper', green.hex);
    await paperIs(first.page, green);
    await expect.poll(() => settingsText(first.userData)).toContain('"paper"');
    await first.kill();

    // Without its way back it would find the runner full until the grace of its old session is over.
    const second = await rig.launch({ userData: first.userData });
    await second.studio.reached('live');
    await second.studio.showsFrames(10);
    await paperIs(second.page, green);
    expect((await readTimeline(second.studio)).join('\n')).toContain('The session of before is still there');
    const metrics = await readMetrics(guarded, token);
    expect(metrics.get('linkspan_resumes_total{outcome="hit"}')).toBe(1);
    expect(metrics.get('linkspan_session_duration_seconds_count')).toBe(0);
    expect(metrics.get('linkspan_refusals_total{reason="no-free-slot"}')).toBe(0);
  });

  test('quit while its runner is away, it comes back by itself when both are there again', async ({
    rig,
  }) => {
    const port = Number(new URL(runner.url).port);
    const first = await rig.launch();
    await first.studio.useEndpoint(runner.url);
    await first.studio.reached('live');
    runner.process.kill('SIGKILL');
    await first.studio.reached('recovering');
    await first.studio.setColour('paper', blue.hex);
    // What was set the moment before must not be lost, however soon the app quits.
    await first.quit();

    const second = await rig.launch({ userData: first.userData });
    await second.studio.reached('failed');
    await expect(second.studio.part('failed')).toContainText('Nothing is listening at this address');
    runner = await rig.startRunner({ port });
    await second.studio.reached('live');
    await second.studio.showsFrames(10);
    await paperIs(second.page, blue);
  });

  test('A38: a settings file that makes no sense is set aside, with one notice', async ({ rig }) => {
    const userData = rig.path('user-data');
    const first = await rig.launch({ userData });
    await first.quit();
    const file = readdirSync(userData).find((name) => /^settings.*\.json$/.test(name)) ?? 'settings.json';
    writeFileSync(path.join(userData, file), '{"source": {"kind": "cam');

    const second = await rig.launch({ userData });
    const notice = second.studio.part('notice').filter({ hasText: 'starts with default settings' });
    await expect(notice).toHaveCount(1);
    const kept = readdirSync(userData).map((name) => path.join(userData, name));
    const aside = kept.filter((name) => /settings/.test(path.basename(name)) && path.basename(name) !== file);
    expect(aside.map((name) => readFileSync(name, 'utf8'))).toContain('{"source": {"kind": "cam');
  });
});
