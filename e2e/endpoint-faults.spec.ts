import { answerMessages } from './fixtures/dialogs.ts';
import { findClosedPort, startWebServer } from './fixtures/other-servers.ts';
import type { TestedApp } from './fixtures/rig.ts';
import type { RunnerProcess } from '../scripts/start/runner-process.mjs';
import { expect, test } from './fixtures/test.ts';

/** Made up for these tests; it never leaves loopback. */
const token = 'a-token-for-this-test-only';

test.describe('an endpoint that does not work says why, and what to do', () => {
  let app: TestedApp;
  let guarded: RunnerProcess;
  const titles = new Set<string>();

  test.beforeAll(async ({ rig }) => {
    guarded = await rig.startRunner({ token });
    app = await rig.launch();
  });
  test.afterAll(({ rig }) => rig.clear());

  async function refusal(url: string, withToken = ''): Promise<{ title: string; advice: string }> {
    const { studio } = app;
    await studio.typeEndpoint(url, withToken);
    await studio.part('endpoint-test').click();
    const callout = studio.part('endpoint-refused');
    await callout.waitFor();
    const [title = '', ...advice] = (await callout.innerText()).split('\n').filter((line) => line !== '');
    expect(titles, 'each fault has words of its own').not.toContain(title);
    titles.add(title);
    return { title, advice: advice.join(' ') };
  }

  test('S1: an address that cannot be used is refused before anything is dialled', async () => {
    const { title, advice } = await refusal('ftp://runner.example/ws');
    expect(title).toContain('address');
    expect(advice).toMatch(/wss?:/);
  });

  test('a port where nothing listens', async () => {
    const { title, advice } = await refusal(`ws://127.0.0.1:${await findClosedPort()}/ws`);
    expect(`${title} ${advice}`).toMatch(/port|listen|running/i);
  });

  test('A33: a wrong token', async () => {
    const { title, advice } = await refusal(guarded.url, 'the-wrong-token-altogether');
    expect(title).toMatch(/token/i);
    expect(advice).toMatch(/token/i);
  });

  test('a web server instead of a runner', async () => {
    const web = await startWebServer();
    try {
      const { title, advice } = await refusal(`ws://127.0.0.1:${web.port}/ws`);
      expect(title).toMatch(/no runner/i);
      expect(advice).toMatch(/200/);
    } finally {
      await web.close();
    }
  });

  test('the right token passes, and the picture comes', async () => {
    const { studio, electron } = app;
    // Where the system has no keyring the app asks before it keeps a token: for this session.
    await answerMessages(electron, 0);
    await studio.typeEndpoint(guarded.url, token);
    await studio.part('endpoint-test').click();
    await expect(studio.part('endpoint-passed')).toBeVisible();
    await studio.part('endpoint-save').click();
    await studio.reached('live');
    await studio.showsFrames(5);
  });

  test('A33: used with a wrong token, it fails on the stage and asks for the token', async () => {
    const { studio } = app;
    await studio.useEndpoint(guarded.url, 'another-token-that-is-wrong');
    await studio.reached('failed');
    await expect(studio.part('failed')).toContainText(/token/i);
    await studio.part('way-out').click();
    await expect(studio.part('endpoint-url')).toBeFocused();
  });
});
