import { spawnSync } from 'node:child_process';
import { mkdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { manifestFor, scaledImage, temporaryDir, writeModel } from './fixtures/model-dir.ts';
import { builtInModelDir } from './index.ts';
import { listPipelines } from './list-pipelines.ts';
import { findModels } from './model-folder.ts';
import { readModel } from './read-model.ts';

const bytes = scaledImage(1).toBytes();

it('lists the built-in pipelines, and a user’s folder after them', async () => {
  const dir = await temporaryDir();
  await writeModel(dir, 'my-own', bytes);
  const { pipelines, problems } = await listPipelines([builtInModelDir, dir]);
  expect(pipelines.map(({ id }) => id)).toEqual([
    'echo-trails',
    'passthrough',
    'sketch',
    'thermal',
    'my-own',
  ]);
  expect(problems).toEqual([]);
});

it('tells of every folder that cannot be used, and offers the rest', async () => {
  const dir = await temporaryDir();
  await writeModel(dir, 'good', bytes);
  await writeModel(dir, 'broken', bytes, '{ "schema": 1 ');
  await mkdir(path.join(dir, 'empty'));
  await writeFile(path.join(dir, 'a-file.txt'), 'not a folder');
  const missing = path.join(dir, 'nowhere');
  const { pipelines, problems } = await listPipelines([dir, missing]);
  expect(pipelines.map(({ id }) => id)).toEqual(['good']);
  expect(problems).toHaveLength(3);
  expect(problems[0]).toContain(`${path.join(dir, 'broken')}: model.json is not JSON`);
  expect(problems[1]).toContain('empty: model.json cannot be read (ENOENT)');
  expect(problems[2]).toContain('cannot be read as a folder of models (ENOENT)');
});

it('does not let a user’s model shadow an earlier one', async () => {
  const dir = await temporaryDir();
  await writeModel(dir, 'mine', bytes, manifestFor('sketch', bytes));
  const { pipelines, problems } = await listPipelines([builtInModelDir, dir]);
  expect(pipelines.find(({ id }) => id === 'sketch')?.title).toBe('Sketch');
  expect(problems[0]).toContain('the id "sketch" is taken by');
});

it('refuses a model that is not the one of its manifest, by size and by SHA-256', async () => {
  const dir = await temporaryDir();
  const folder = await writeModel(dir, 'mine', bytes);
  const changed = Uint8Array.from(bytes);
  changed[changed.length - 1]! ^= 1;
  await writeFile(path.join(folder, 'model.onnx'), changed);
  expect(await readModel([dir], 'mine')).toMatchObject({
    ok: false,
    problem: expect.stringContaining('SHA-256') as string,
  });
  await writeFile(path.join(folder, 'model.onnx'), changed.subarray(1));
  const shorter = await readModel([dir], 'mine');
  expect(shorter).toMatchObject({
    ok: false,
    problem: expect.stringContaining(`its manifest says ${bytes.length}`) as string,
  });
});

it('S13: path traversal by manifest, by link and by pipeline id finds nothing outside the folder', async () => {
  const dir = await temporaryDir();
  const secret = await writeModel(dir, 'secret', bytes);
  const models = path.join(dir, 'models');
  await writeModel(
    models,
    'by-path',
    bytes,
    JSON.stringify({ ...manifestFor('by-path', bytes), file: '../../secret/model.onnx' }),
  );
  const linked = await writeModel(models, 'by-link', bytes);
  await rm(path.join(linked, 'model.onnx'));
  await symlink(path.join(secret, 'model.onnx'), path.join(linked, 'model.onnx'));
  const manifestLink = await writeModel(models, 'manifest-link', bytes);
  await rename(path.join(manifestLink, 'model.json'), path.join(secret, 'other.json'));
  await symlink(path.join(secret, 'other.json'), path.join(manifestLink, 'model.json'));

  const { models: found, problems } = await findModels([models]);
  expect(found.map(({ manifest }) => manifest.id)).toEqual(['by-link']);
  expect(problems).toEqual([
    { folder: path.join(models, 'by-path'), problem: expect.stringContaining('bare name') as string },
    {
      folder: manifestLink,
      problem: expect.stringContaining('model.json lies outside') as string,
    },
  ]);
  expect(await readModel([models], 'by-link')).toMatchObject({
    ok: false,
    problem: expect.stringContaining('model.onnx lies outside') as string,
  });
  for (const id of ['../secret', '..', '', 'by-link/../../secret', '/etc', 'by-path\0']) {
    expect(await readModel([models], id)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('There is no pipeline') as string,
    });
  }
});

it('S13: files above the limits are refused before they are read', async () => {
  const dir = await temporaryDir();
  const folder = await writeModel(dir, 'huge', bytes);
  await truncate(path.join(folder, 'model.onnx'), 513 * 1024 * 1024);
  expect(await readModel([dir], 'huge')).toMatchObject({
    ok: false,
    problem: expect.stringContaining('the limit is') as string,
  });
  await truncate(path.join(folder, 'model.json'), 1024 * 1024);
  const { problems } = await findModels([dir]);
  expect(problems[0]?.problem).toContain('model.json has 1048576 bytes; the limit is 262144');
});

it('never throws, whatever lies in a manifest', async () => {
  const dir = await temporaryDir();
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
      await writeModel(dir, 'any', bytes, text);
      const { problems } = await listPipelines([dir]);
      return problems.length === 1;
    }),
    { numRuns: 50 },
  );
});

it.skipIf(process.platform === 'win32')('does not wait for a pipe in the place of a file', async () => {
  const dir = await temporaryDir();
  const folder = await writeModel(dir, 'mine', bytes);
  await rm(path.join(folder, 'model.json'));
  spawnSync('mkfifo', [path.join(folder, 'model.json')]);
  const { models, problems } = await findModels([dir]);
  expect(models).toEqual([]);
  expect(problems[0]?.problem).toContain('ENOTFILE');
});
