import { mkdir, readdir, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { OnnxGraph } from '../pipelines/onnx/graph.ts';
import { pickFile } from './fixtures/dialogs.ts';
import { anySize, barIs, blue, invertingModel, yellow } from './fixtures/inverting-model.ts';
import type { Rig, TestedApp } from './fixtures/rig.ts';
import { expect, test } from './fixtures/test.ts';

/** A trial takes a worker of its own for each size, each of which reads the engine anew. */
const trial = { timeout: 60_000 };

/** A model whose only input is of that type and shape. */
function taking(dims: readonly (number | string)[], type: 'float32' | 'int32'): Uint8Array {
  const graph = new OnnxGraph('taking');
  graph.node('Identity', [graph.input('in', dims, type)], {}, 'out');
  graph.output('out', dims, type);
  return graph.toBytes();
}

/** The app where there is no endpoint: what it shows, this computer makes. */
const launchHere = (rig: Rig, userData: string): Promise<TestedApp> =>
  rig.launch({ userData, env: { LINKSPAN_ENDPOINT: undefined } });

test.describe('a model of the user’s own', () => {
  test.afterAll(({ rig }) => rig.clear());

  test('is added, runs in the picture, stays over a restart, and goes when it is removed', async ({
    rig,
  }) => {
    // Two starts, and a trial with a worker for each size.
    test.slow();
    const userData = rig.path('user-data');
    const file = rig.path('invert_colours.onnx');
    await writeFile(file, invertingModel());
    const app = await launchHere(rig, userData);
    const { studio, electron, page } = app;
    await pickFile(electron, file);
    await studio.show('models');
    await studio.part('model-add').click();
    await expect(studio.part('model-verdict')).toContainText(/^(?:Real time|Too slow) here/, trial);
    await page.getByRole('textbox', { name: 'Amount: starts at' }).fill('1');
    await studio.part('model-title').fill('Negative');
    await studio.part('model-save').click();
    await studio.part('model-use').click();
    await expect(studio.part('pipeline-negative')).toHaveAttribute('aria-pressed', 'true');
    await barIs(page, blue);
    expect((await readdir(path.join(userData, 'models/negative'))).toSorted()).toEqual([
      'model.json',
      'model.onnx',
    ]);

    const slider = studio.part('parameter-amount').getByRole('slider');
    await slider.focus();
    await page.keyboard.press('Home');
    await barIs(page, yellow);
    await app.quit();

    const again = await launchHere(rig, userData);
    await again.studio.show('pipeline');
    await expect(again.studio.part('pipeline-negative')).toHaveAttribute('aria-pressed', 'true');
    await barIs(again.page, yellow);
    await again.studio.part('reset-all').click();
    await barIs(again.page, blue);
    await again.studio.show('models');
    await again.studio.part('model-negative').getByTestId('model-remove').click();
    await again.studio.part('model-remove-confirm').click();
    await expect(again.studio.part('model-negative')).toHaveCount(0);
    await again.studio.show('pipeline');
    await expect(again.studio.part('pipeline-negative')).toHaveCount(0);
    expect(await readdir(path.join(userData, 'models'))).toEqual(['.staging']);
    await again.studio.showsFrames(15);
  });
});

test.describe('a file that cannot be a model', () => {
  let app: TestedApp;
  let folder: string;
  test.beforeAll(async ({ rig }) => {
    folder = rig.path('files');
    await mkdir(folder);
    app = await launchHere(rig, rig.path('user-data'));
    await app.studio.show('models');
  });
  test.afterAll(({ rig }) => rig.clear());

  /** Picks a file of that name and expects these words. */
  const refused = async (name: string, words: string): Promise<void> => {
    await pickFile(app.electron, path.join(folder, name));
    await app.studio.part('model-add').click();
    await expect(app.studio.part('model-refused')).toContainText(words, trial);
    // What the window refuses it has main remove afterwards.
    await expect.poll(() => readdir(path.join(app.userData, 'models/.staging'))).toEqual([]);
  };

  test('is refused when it is of the wrong rank or type, or damaged', async () => {
    await writeFile(path.join(folder, 'rank.onnx'), taking([1, 784], 'float32'));
    await refused('rank.onnx', 'which is no picture: that has four dimensions');
    await writeFile(path.join(folder, 'type.onnx'), taking(anySize, 'int32'));
    await refused('type.onnx', 'Linkspan works with float32 and uint8');
    const damaged = invertingModel();
    await writeFile(path.join(folder, 'cut.onnx'), damaged.subarray(0, damaged.length - 20));
    await refused('cut.onnx', 'it is no ONNX model, or it is damaged');
    // Whole by its outermost fields, so that only the engine sees what is wrong within.
    await writeFile(path.join(folder, 'within.onnx'), damaged.fill(0xff, 40, 60));
    await refused('within.onnx', 'cannot be added');
  });

  test('is refused when it is huge, before any of it is read', async () => {
    await writeFile(path.join(folder, 'huge.onnx'), invertingModel());
    await truncate(path.join(folder, 'huge.onnx'), 600 * 1024 * 1024);
    await refused('huge.onnx', 'larger than 512 MiB');
  });

  test('S13: is refused behind a link, and a name is a name whatever is in it', async () => {
    await writeFile(path.join(folder, 'real.onnx'), invertingModel());
    await symlink(path.join(folder, 'real.onnx'), path.join(folder, 'link.onnx'));
    await refused('link.onnx', 'it is a link');
    await refused('../../gone.onnx', 'not there any more');
    const hostile = String.raw`..\C:\ "'$(id) <b>; ${'x'.repeat(150)}.onnx`;
    await writeFile(path.join(folder, hostile), taking([1, 784], 'float32'));
    await refused(hostile, 'which is no picture');
    await expect(app.studio.part('model-refused')).toContainText(String.raw`..\C:\ "'$(id) <b>;`);
  });

  test('S7: the page itself can add no file, and reads none but by an address that it was given', async () => {
    const [made, ...statuses] = await app.page.evaluate(async () => {
      const made = await window.bridge.stageModel(new File(['x'], 'made-up.onnx'));
      const status = async (path: string): Promise<number> => (await fetch(path)).status;
      return [
        made,
        await status('/user-models/%2e%2e%2f%2e%2e%2fsettings.json/model.onnx'),
        await status('/user-models/negative/model.onnx'),
        await status('/user-models//model.onnx'),
      ] as const;
    });
    expect(made).toMatchObject({ ok: false });
    expect(statuses).toEqual([404, 404, 404]);
  });
});
