import { mkdir, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parseManifest, type Manifest } from '../../pipelines/manifest.ts';
import { opset } from '../../pipelines/onnx/graph.ts';
import { invertModel, manifestFor, temporaryFolder, writeModelFolder } from './fixtures/model-files.ts';
import { ModelStore } from './model-store.ts';

const bytes = invertModel();

async function setUp() {
  const home = await temporaryFolder();
  const root = path.join(home, 'models');
  const store = new ModelStore(root);
  await store.make();
  /** Saves a model of a file; the problem when it is refused. */
  const add = async (change: Partial<Manifest> & Record<string, unknown> = {}): Promise<string> => {
    const file = path.join(home, 'picked.onnx');
    await writeFile(file, bytes);
    const staged = await store.staging.stage(file);
    if (!staged.ok) throw new Error(staged.problem);
    const saved = await store.save(staged.value.id, JSON.stringify({ ...manifestFor(bytes), ...change }));
    return saved.ok ? saved.value : saved.problem;
  };
  const ids = async (): Promise<string[]> => (await store.list()).models.map(({ manifest }) => manifest.id);
  return { home, root, store, add, ids };
}

it('saves a model in a folder of its own, as a runner reads it, and finds it again', async () => {
  const { root, add, store } = await setUp();
  expect(await add({ title: 'Oil paint' })).toBe('oil-paint');
  expect((await readdir(path.join(root, 'oil-paint'))).toSorted()).toEqual(['model.json', 'model.onnx']);
  const written = parseManifest(await readFile(path.join(root, 'oil-paint/model.json'), 'utf8'));
  expect(written).toMatchObject({ ok: true, value: { id: 'oil-paint', title: 'Oil paint' } });
  expect((await new ModelStore(root).list()).models).toHaveLength(1);
  expect(await readdir(path.join(root, '.staging'))).toEqual([]);
  expect(await store.remove('oil-paint')).toEqual({ ok: true, value: null });
  expect((await store.list()).models).toEqual([]);
  expect(await readdir(root)).toEqual(['.staging']);
});

it('says itself what only the file can say, whatever the window claims', async () => {
  const { root, add } = await setUp();
  const id = await add({
    id: '../../outside',
    file: '../x.onnx',
    bytes: 1,
    sha256: 'f'.repeat(64),
    runtime: { ...manifestFor(bytes).runtime, opset: 99 },
  });
  expect(id).toBe('invert');
  const text = await readFile(path.join(root, id, 'model.json'), 'utf8');
  expect(parseManifest(text)).toMatchObject({
    ok: true,
    value: {
      id,
      file: 'model.onnx',
      bytes: bytes.length,
      sha256: manifestFor(bytes).sha256,
      runtime: { opset },
    },
  });
});

it('gives each model an id of its own, and never that of a built-in one', async () => {
  const { root, add, ids } = await setUp();
  await mkdir(path.join(root, 'Invert-2'));
  expect(await add()).toBe('invert');
  expect(await add()).toBe('invert-3');
  expect(await add({ title: 'Sketch' })).toBe('sketch-2');
  expect(await ids()).toEqual(['invert', 'invert-3', 'sketch-2']);
});

it('refuses a description that the schema does not take, and a file that is gone', async () => {
  const { add, store, ids } = await setUp();
  expect(await add({ license: '' })).toContain('license');
  expect(await add({ runtime: null as never })).toContain('not complete');
  expect(await store.save('5e6d1c52-8c6f-4a53-b9a4-ffb7a3f0a0bb', '{}')).toMatchObject({ ok: false });
  expect(await ids()).toEqual([]);
});

it('saves no description that it would not read again', async () => {
  const { add, store } = await setUp();
  const sizes = Array.from({ length: 9_000 }, () => [256, 256] as [number, number]);
  expect(await add({ budget: { sizes, targetMs: 30 } })).toContain('too long');
  expect(await store.list()).toEqual({ models: [], problems: [] });
});

it('saves two at once beside each other', async () => {
  const { add, ids } = await setUp();
  await Promise.all([add(), add()]);
  expect(await ids()).toEqual(['invert', 'invert-2']);
});

it('takes whole folders that were put there, and tells of those that it cannot use', async () => {
  const { root, store, ids } = await setUp();
  await writeModelFolder(path.join(root, 'any name'), bytes, manifestFor(bytes, { id: 'mine' }));
  await writeModelFolder(path.join(root, 'broken'), bytes, '{ "schema": 1 ');
  await writeModelFolder(path.join(root, 'copy'), bytes, manifestFor(bytes, { id: 'mine' }));
  await writeModelFolder(path.join(root, 'sketch'), bytes, manifestFor(bytes, { id: 'sketch' }));
  await writeModelFolder(path.join(root, 'short'), bytes.subarray(1), manifestFor(bytes, { id: 'short' }));
  await writeFile(path.join(root, 'a-file.txt'), 'no folder');
  expect(await ids()).toEqual(['mine']);
  expect((await store.list()).problems).toEqual([
    { folder: 'broken', problem: expect.stringContaining('model.json is not JSON') as string },
    { folder: 'copy', problem: 'the id "mine" is taken by the folder any name' },
    { folder: 'short', problem: expect.stringContaining(`its manifest says ${bytes.length}`) as string },
    { folder: 'sketch', problem: 'the id "sketch" is that of a built-in model' },
  ]);
});

it('S13: no manifest, link or id leads out of the folder', async () => {
  const { home, root, store, ids } = await setUp();
  const secret = path.join(home, 'secret');
  await writeModelFolder(secret, bytes, manifestFor(bytes, { id: 'secret' }));
  await writeModelFolder(
    path.join(root, 'by-path'),
    bytes,
    JSON.stringify({ ...manifestFor(bytes), file: '../../secret/model.onnx' }),
  );
  await writeModelFolder(path.join(root, 'by-link'), bytes, manifestFor(bytes, { id: 'by-link' }));
  await rm(path.join(root, 'by-link/model.onnx'));
  await symlink(path.join(secret, 'model.onnx'), path.join(root, 'by-link/model.onnx'));
  await writeModelFolder(path.join(root, 'manifest-link'), bytes);
  await rename(path.join(root, 'manifest-link/model.json'), path.join(home, 'other.json'));
  await symlink(path.join(home, 'other.json'), path.join(root, 'manifest-link/model.json'));
  await symlink(secret, path.join(root, 'linked-folder'));
  expect(await ids()).toEqual([]);
  expect((await store.list()).problems.map(({ problem }) => problem)).toEqual([
    "model.onnx lies outside the model's folder",
    expect.stringContaining('bare name') as string,
    "model.json lies outside the model's folder",
  ]);
  for (const id of ['../secret', '..', '', 'secret', '/etc', 'linked-folder', 'by-path\0'])
    expect(await store.remove(id)).toEqual({ ok: false, problem: 'There is no such model any more.' });
  expect(await readdir(secret)).toHaveLength(2);
});

it('S13: files above the limits are not read', async () => {
  const { root, store } = await setUp();
  await writeModelFolder(path.join(root, 'huge'), bytes);
  await truncate(path.join(root, 'huge/model.onnx'), 513 * 1024 * 1024);
  await writeModelFolder(path.join(root, 'wordy'), bytes);
  await truncate(path.join(root, 'wordy/model.json'), 1024 * 1024);
  expect((await store.list()).problems).toEqual([
    { folder: 'huge', problem: expect.stringContaining('the limit is') as string },
    { folder: 'wordy', problem: 'model.json has 1048576 bytes; the limit is 262144' },
  ]);
});

it('keeps the licence that lay beside a described model, and shows it', async () => {
  const { home, store } = await setUp();
  const shared = path.join(home, 'shared');
  await writeModelFolder(shared, bytes);
  await writeFile(path.join(shared, 'LICENSE.txt'), 'Do what you like.');
  const staged = await store.staging.stage(path.join(shared, 'model.onnx'));
  if (!staged.ok) throw new Error(staged.problem);
  await store.save(staged.value.id, JSON.stringify(staged.value.manifest));
  expect((await store.list()).models[0]).toMatchObject({ hasLicence: true });
  expect(await store.licence('invert')).toBe('Do what you like.');
  expect(await store.licence('../shared')).toBeNull();
});
