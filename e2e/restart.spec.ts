import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readPicture } from '../scripts/drive/picture.ts';
import type { RunnerProcess } from '../scripts/start/runner-process.mjs';
import { mostlyPaper } from './fixtures/sketch-paper.ts';
import type { TestedApp } from './fixtures/rig.ts';
import { expect, test } from './fixtures/test.ts';

const green = { hex: '#7fc08a', rgb: [127, 192, 138], within: 16 } as const;

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
  const showsGreen = async ({ page }: TestedApp): Promise<void> => {
    await expect
      .poll(async () => (await readPicture(page)).shareNear(green.rgb, green.within))
      .toBeGreaterThan(mostlyPaper);
  };

  test('A38: source, endpoint, pipeline and parameters are those of before the quit', async ({ rig }) => {
    const first = await rig.launch();
    await first.studio.useEndpoint(runner.url);
    await first.studio.reached('live');
    await first.studio.chooseCamera();
    await first.studio.choosePipeline('thermal');
    await first.studio.choosePipeline('sketch');
    await first.studio.setColour('paper', green.hex);
    await showsGreen(first);
    await first.quit();

    const { userData } = first;
    const second = await rig.launch({ userData });
    await second.studio.reached('live');
    await showsGreen(second);
    await expect(second.studio.part('pipeline-sketch')).toHaveAttribute('aria-pressed', 'true');
    await expect(second.page.getByLabel(/Source: .*fake/i)).toBeAttached();
    await second.studio.show('endpoint');
    await expect(second.studio.part('endpoint-url')).toHaveValue(runner.url);
  });

  test('A38: a parameter survives a crash that follows it', async ({ rig }) => {
    const first = await rig.launchLive(runner);
    await first.studio.setColour('paper', green.hex);
    await expect.poll(() => settingsText(first.userData)).toContain('"paper"');
    await first.kill();

    const second = await rig.launchLive(runner, { userData: first.userData });
    await showsGreen(second);
  });

  test('A38: a settings file that makes no sense is set aside, with one notice', async ({ rig }) => {
    const userData = rig.path('user-data');
    const first = await rig.launch({ userData });
    await first.quit();
    const file = readdirSync(userData).find((name) => /^settings.*\.json$/.test(name)) ?? 'settings.json';
    writeFileSync(path.join(userData, file), '{"source": {"kind": "cam');

    const second = await rig.launch({ userData });
    await expect(second.studio.part('notice')).toHaveCount(1);
    const kept = readdirSync(userData).map((name) => path.join(userData, name));
    const aside = kept.filter((name) => /settings/.test(path.basename(name)) && path.basename(name) !== file);
    expect(aside.map((name) => readFileSync(name, 'utf8'))).toContain('{"source": {"kind": "cam');
  });
});
