import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunnerProcess } from '../scripts/start/runner-process.mjs';
import { openRecorded, secondsIn } from './fixtures/recorded-file.ts';
import type { Rig, TestedApp } from './fixtures/rig.ts';
import { expect, test } from './fixtures/test.ts';

test.skip(process.platform !== 'linux', 'only there can a test choose the folder of videos');

let runner: RunnerProcess;
test.beforeAll(async ({ rig }) => {
  runner = await rig.startRunner();
});
test.afterEach(({ rig }) => rig.quitApps());
test.afterAll(({ rig }) => rig.clear());

/** Where a user's files go; a new user each. */
interface User {
  home: string;
  userData: string;
}
const newUser = (rig: Rig): User => ({ home: rig.path('home'), userData: rig.path('user-data') });

const launch = (rig: Rig, { home, userData }: User): Promise<TestedApp> =>
  rig.launchLive(runner, { userData, env: { HOME: home, XDG_CONFIG_HOME: path.join(home, '.config') } });

async function filesIn(user: User, folder: 'Videos' | 'Pictures'): Promise<string[]> {
  const own = path.join(user.home, folder, 'Linkspan');
  if (!existsSync(own)) return [];
  return (await readdir(own)).map((name) => path.join(own, name));
}

/** Records until the window shows this many seconds, below a minute, or more. */
async function record({ studio }: TestedApp, seconds: number): Promise<void> {
  await studio.part('record').click();
  const shown = async (): Promise<number> => {
    const figures = await studio.part('recording-figures').innerText();
    return Number(/0:(\d\d)/.exec(figures)?.[1]);
  };
  await expect.poll(shown).toBeGreaterThanOrEqual(seconds);
}

test('a recording plays, has every second, and shows where it is', async ({ rig }) => {
  const user = newUser(rig);
  const app = await launch(rig, user);
  await app.electron.evaluate(({ shell }) => {
    shell.showItemInFolder = (file) => Object.assign(globalThis, { shownInFolder: file });
  });
  await record(app, 4);
  expect((await filesIn(user, 'Videos'))[0]).toMatch(/\.recording\.webm$/);
  await app.studio.part('record').click();
  const notice = app.studio.part('notice').filter({ hasText: 'Recorded:' });
  await expect(notice).toBeVisible();
  const [file, ...others] = await filesIn(user, 'Videos');
  expect(others).toEqual([]);
  await expect(notice).toContainText(path.basename(file!));
  expect(await secondsIn(file!)).toEqual(expect.arrayContaining([0, 1, 2, 3]));
  await notice.getByTestId('show-in-folder').click();
  const shown = () =>
    app.electron.evaluate(() => (globalThis as { shownInFolder?: string }).shownInFolder ?? null);
  await expect.poll(shown).toBe(file);
});

test('an app that is killed loses two seconds at most, and the next start finishes the file', async ({
  rig,
}) => {
  const user = newUser(rig);
  const app = await launch(rig, user);
  await record(app, 6);
  await app.kill();
  const again = await launch(rig, user);
  const notice = again.studio.part('notice').filter({ hasText: 'Linkspan ended while it recorded. Kept:' });
  await expect(notice).toBeVisible();
  const [file, ...others] = await filesIn(user, 'Videos');
  expect(others).toEqual([]);
  await expect(notice).toContainText(path.basename(file!));
  const player = await openRecorded(file!);
  expect(player.duration).toBeGreaterThanOrEqual(4);
  await player.close();
});

test('quitting ends a recording in order', async ({ rig }) => {
  const user = newUser(rig);
  const app = await launch(rig, user);
  await record(app, 3);
  await app.quit();
  const [file, ...others] = await filesIn(user, 'Videos');
  expect(others).toEqual([]);
  expect(file).not.toContain('.recording.');
  expect(await secondsIn(file!)).toEqual(expect.arrayContaining([0, 1, 2]));
});

test('a page that is loaded anew ends what it recorded, and the new one tells', async ({ rig }) => {
  const user = newUser(rig);
  const app = await launch(rig, user);
  await record(app, 3);
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.reload());
  await expect(app.studio.part('notice').filter({ hasText: 'Recorded:' })).toBeVisible();
  const [file] = await filesIn(user, 'Videos');
  expect(file).not.toContain('.recording.');
});

test('a snapshot is a PNG of the output that says what made it', async ({ rig }) => {
  const user = newUser(rig);
  const app = await launch(rig, user);
  await app.studio.part('snapshot').click();
  await expect(app.studio.part('notice').filter({ hasText: 'Snapshot: Linkspan' })).toBeVisible();
  const [file] = await filesIn(user, 'Pictures');
  const png = await readFile(file!);
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([512, 512]);
  const text = png.toString('utf8');
  expect(text).toContain('linkspan:source\0\0\0\0\0{"kind":"pattern"');
  expect(text).toContain('linkspan:parameters\0\0\0\0\0{"pipeline":"sketch"');
  expect(text).not.toContain(runner.url);
});
