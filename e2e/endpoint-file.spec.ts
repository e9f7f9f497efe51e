import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { logFileName } from '../main/diagnostics/defaults.ts';
import type { Rig, TestedApp } from './fixtures/rig.ts';
import { answerMessages, askedMessages } from './fixtures/dialogs.ts';
import { startAgain } from './fixtures/second-instance.ts';
import { expect, test } from './fixtures/test.ts';

const proposed = 'wss://gpu.example/ws';

async function writeEndpointFile(rig: Rig, endpoint: object): Promise<string> {
  const file = rig.path('lab.linkspan');
  await writeFile(file, JSON.stringify({ linkspan: 1, endpoint }));
  return file;
}

test.describe('a .linkspan file', () => {
  let app: TestedApp;
  let file: string;
  test.beforeAll(async ({ rig }) => {
    file = await writeEndpointFile(rig, { url: proposed, name: 'Lab' });
    app = await rig.launch();
  });
  test.afterAll(({ rig }) => rig.clear());

  test('S11: that brings a token is refused with a clear message', async ({ rig }) => {
    await answerMessages(app.electron, 0);
    const bad = await writeEndpointFile(rig, { url: proposed, token: 'secret' });
    await startAgain(rig, app.userData, [bad]);
    await expect.poll(async () => (await askedMessages(app.electron)).join()).toContain('no endpoint file');
    await expect(app.studio.part('no-endpoint')).toBeVisible();
  });

  test('S11: is taken, and shown at once, when the user agrees', async ({ rig }) => {
    await app.studio.show('endpoint');
    await answerMessages(app.electron, 1);
    await startAgain(rig, app.userData, [file]);
    await expect(app.studio.part('runner-url')).toHaveText([proposed]);
    expect((await askedMessages(app.electron)).join()).toContain(
      `A file asks Linkspan to connect to:\n\n${proposed}`,
    );
  });

  test('S11: only proposes when the app is started with it', async ({ rig }) => {
    const { studio, userData } = await rig.launch({ args: [file] });
    const log = (): Promise<string> => readFile(path.join(userData, 'logs', logFileName), 'utf8');
    await expect.poll(log).toContain(`a file proposes ${proposed}`);
    await expect(studio.part('no-endpoint')).toBeVisible();
  });
});
