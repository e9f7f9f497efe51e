import { createHash } from 'node:crypto';
import { rm, truncate } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { modelList } from '../../../shared/wire/models.ts';
import { manifestFor, scaledImage, temporaryDir, writeModel } from './fixtures/model-dir.ts';
import { builtInModelDir, listModels } from './index.ts';
import { cpuPlan, type ProviderPlan } from './provider-plan.ts';
import { readModel } from './read-model.ts';

const bytes = scaledImage(1).toBytes();
const cuda: ProviderPlan = { choice: 'auto', usable: ['cuda', 'cpu'], problems: [] };

it('tells of every model what its manifest says and what it would run on here', async () => {
  const dir = await temporaryDir();
  const manifest = manifestFor('mine', bytes);
  manifest.runtime.ep = ['webgpu', 'cuda'];
  await writeModel(dir, 'mine', bytes, manifest);
  const { models, problems } = await listModels([builtInModelDir, dir], cuda);
  expect(problems).toEqual([]);
  expect(models.map(({ id }) => id)).toEqual(['echo-trails', 'passthrough', 'sketch', 'thermal', 'mine']);
  expect(models.at(-1)).toEqual({
    id: 'mine',
    title: 'mine',
    version: '1',
    license: 'Apache-2.0',
    file: 'model.onnx',
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    precision: 'fp32',
    identity: false,
    execution_providers: ['webgpu', 'cuda'],
    execution_provider: 'cuda',
  });
  const onCpu = await listModels([builtInModelDir, dir], cpuPlan);
  expect(onCpu.models.map((model) => model.execution_provider)).toEqual(['cpu', null, 'cpu', 'cpu', null]);
  expect(onCpu.models[1]).toMatchObject({ id: 'passthrough', identity: true });
  v.parse(v.strictObject(modelList.entries), onCpu);
});

it('tells of what cannot be offered by the name of its folder alone', async () => {
  const dir = await temporaryDir();
  await writeModel(dir, 'a-good', bytes);
  await writeModel(dir, 'b-manifest', bytes, '{ "schema": 1 ');
  const short = await writeModel(dir, 'c-size', bytes);
  await truncate(path.join(short, 'model.onnx'), bytes.length - 1);
  const empty = await writeModel(dir, 'd-empty', bytes);
  await rm(path.join(empty, 'model.onnx'));
  await writeModel(dir, 'e-twice', bytes, manifestFor('a-good', bytes));
  const list = await listModels([dir, path.join(dir, 'nowhere')], cpuPlan);
  expect(list.models.map(({ id }) => id)).toEqual(['a-good']);
  const told = Object.fromEntries(list.problems.map(({ folder, problem }) => [folder, problem]));
  expect(told).toEqual({
    'b-manifest': expect.stringContaining('model.json is not JSON') as string,
    'c-size': `model.onnx has ${bytes.length - 1} bytes, its manifest says ${bytes.length}`,
    'd-empty': 'model.onnx cannot be read (ENOENT)',
    'e-twice': 'the id "a-good" is taken by the folder a-good',
    nowhere: 'it cannot be read as a folder of models (ENOENT)',
  });
});

it('neither the list nor the problem of a load tells a client a path of this machine', async () => {
  const dir = await temporaryDir();
  await writeModel(dir, 'broken', bytes, 'nonsense');
  const changed = await writeModel(dir, 'changed', bytes);
  await truncate(path.join(changed, 'model.onnx'), 1);
  const told = [
    await listModels([dir], cpuPlan),
    await readModel([dir], 'absent'),
    await readModel([dir], 'changed'),
  ];
  expect(JSON.stringify(told)).toContain('broken');
  expect(JSON.stringify(told)).not.toContain(dir);
});
