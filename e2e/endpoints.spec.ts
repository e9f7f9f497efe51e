import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunnerProcess } from '../scripts/start/runner-process.mjs';
import { answerMessages } from './fixtures/dialogs.ts';
import type { TestedApp } from './fixtures/rig.ts';
import { expect, test } from './fixtures/test.ts';

/** Made up for these tests; it never leaves loopback. */
const token = 'a-token-for-this-test-only';
/** In the question that is asked where the system has no keyring. */
const storeAnyway = 2;

const portOf = ({ url }: RunnerProcess): number => Number(new URL(url).port);

test.describe('the list of runners', () => {
  let first: RunnerProcess;
  let second: RunnerProcess;
  let app: TestedApp;

  test.beforeAll(async ({ rig }) => {
    [first, second] = await Promise.all([rig.startRunner(), rig.startRunner({ token })]);
    app = await rig.launch();
  });
  test.afterAll(({ rig }) => rig.clear());

  test('takes an address as a browser shows it, and says what it makes of it before it is used', async () => {
    const { studio } = app;
    await studio.typeEndpoint(`http://127.0.0.1:${portOf(first)}/`);
    await expect(studio.part('endpoint-hint')).toContainText(`Will be used as ${first.url}.`);
    await studio.part('endpoint-name').fill('First');
    await studio.part('endpoint-save').click();
    await expect(studio.part('runner-url')).toHaveText([first.url]);
    await studio.reached('live');
    await studio.showsFrames(5);
    await expect(studio.part('runner-in-use')).toHaveCount(1);
  });

  test('A33: tells beside each runner what its last test showed, and keeps it', async () => {
    const { studio, electron } = app;
    await studio.addRunner(second.url, 'Second');
    await studio.part('runner-test').nth(1).click();
    const result = studio.part('runner-result').nth(1);
    await expect(result).toContainText('The runner refused the token');
    await studio.part('runner-edit').nth(1).click();
    await answerMessages(electron, storeAnyway);
    await studio.part('endpoint-token').fill(token);
    await studio.part('endpoint-save').click();
    await expect(studio.part('runner-token')).toHaveText([/No token/, /Token stored/]);
    await studio.part('runner-test').nth(1).click();
    await expect(result).toContainText(/Connected in .* ms, \d+ pipelines/);
    await studio.show('source');
    await studio.show('endpoint');
    await expect(result).toContainText(/Connected in .* ms, \d+ pipelines/);
  });

  test('S10: keeps each token with its runner, and shows it nowhere', async () => {
    const { studio, page, userData } = app;
    await studio.part('runner-edit').nth(1).click();
    await expect(studio.part('endpoint-token')).toHaveValue('');
    expect(await page.content()).not.toContain(token);
    await studio.part('endpoint-cancel').click();
    const files = readdirSync(userData).filter((name) => name.endsWith('.json'));
    const kept = files.map((name) => readFileSync(path.join(userData, name), 'utf8')).join('\n');
    expect(kept).not.toContain(token);
  });

  test('a running link moves at once to the runner that is put first', async () => {
    const { studio } = app;
    await studio.part('runner-up').nth(1).click();
    await expect(studio.part('runner-name')).toHaveText(['Second', 'First']);
    await expect(studio.part('part-route')).toContainText('Second');
    await studio.reached('live');
    await studio.showsFrames(5);
  });

  test('A21: when the first is gone for good it goes to the next of the list', async () => {
    const { studio } = app;
    second.process.kill('SIGKILL');
    // Its attempts, with their pauses, take up to 18 s.
    await expect(studio.part('part-route')).toContainText('First', { timeout: 60_000 });
    await studio.reached('live');
    await studio.showsFrames(5);
    const inUse = studio.part('runner').filter({ has: app.page.getByTestId('runner-in-use') });
    await expect(inUse).toContainText('First');
  });

  test('A38: is in its order after a restart', async ({ rig }) => {
    await app.quit();
    app = await rig.launch({ userData: app.userData });
    await app.studio.show('endpoint');
    await expect(app.studio.part('runner-name')).toHaveText(['Second', 'First']);
    await expect(app.studio.part('runner-token')).toHaveText([/Token stored/, /No token/]);
  });
});

test.describe('runners on this computer', () => {
  test.afterAll(({ rig }) => rig.clear());

  test('are offered, added by one click, and used', async ({ rig }) => {
    test.skip(
      rig.layout === 'packaged',
      'a package looks at the usual port alone, and tests have none of their own there',
    );
    const runner = await rig.startRunner();
    const { studio } = await rig.launch({
      env: { LINKSPAN_FIND_PORT: `${portOf(runner)}` },
    });
    await studio.show('endpoint');
    await expect(studio.part('found-runner')).toContainText(runner.url);
    await studio.part('found-add').click();
    await expect(studio.part('found-runner')).toHaveCount(0);
    await expect(studio.part('runner-url')).toHaveText([runner.url]);
    await expect(studio.part('runner-result')).toContainText('Connected in');
    await studio.reached('live');
    await studio.showsFrames(5);
  });

  test('are looked for again when asked', async ({ rig }) => {
    test.skip(
      rig.layout === 'packaged',
      'a package looks at the usual port alone, and tests have none of their own there',
    );
    const runner = await rig.startRunner();
    const port = portOf(runner);
    await runner.stop();
    const { studio } = await rig.launch({ env: { LINKSPAN_FIND_PORT: `${port}` } });
    await studio.show('endpoint');
    await expect(studio.part('found-none')).toContainText('No runner answers on this computer');
    await rig.startRunner({ port });
    await studio.part('find-again').click();
    await expect(studio.part('found-runner')).toHaveCount(1);
  });
});
