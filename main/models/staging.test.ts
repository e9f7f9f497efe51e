import {
  type FileHandle,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { opset } from '../../pipelines/onnx/graph.ts';
import { invertModel, manifestFor, temporaryFolder, writeModelFolder } from './fixtures/model-files.ts';
import { UserModelFiles } from '../security/user-models.ts';
import { ModelDesk } from './model-desk.ts';
import { ModelStore } from './model-store.ts';
import { Staging } from './staging.ts';

const bytes = invertModel();

async function setUp(name = 'my model.onnx') {
  const home = await temporaryFolder();
  const file = path.join(home, name);
  await writeFile(file, bytes);
  const models = path.join(home, 'models');
  const staging = new Staging(models);
  /** Problem of a file that is refused. */
  const refusal = async (file: string): Promise<string> => {
    const staged = await staging.stage(file);
    if (staged.ok) throw new Error(`${file} was taken`);
    expect(await readdir(path.join(models, '.staging')).catch(() => [])).toEqual([]);
    return staged.problem;
  };
  return { home, file, models, staging, refusal };
}

it('copies a file, and says of the copy what can be known', async () => {
  const { file, staging } = await setUp();
  const staged = await staging.stage(file);
  if (!staged.ok) throw new Error(staged.problem);
  const { sha256 } = manifestFor(bytes);
  expect(staged.value).toMatchObject({
    name: 'my model.onnx',
    bytes: bytes.length,
    sha256,
    opset,
    manifest: null,
  });
  expect(new Uint8Array(await readFile(path.join(staged.value.folder, 'model.onnx')))).toEqual(
    new Uint8Array(bytes),
  );
});

it('takes a description along that is valid and about this very file, and no other', async () => {
  const { home, staging } = await setUp();
  const folder = path.join(home, 'shared');
  const manifestOf = async (): Promise<string | null> => {
    const staged = await staging.stage(path.join(folder, 'model.onnx'));
    if (!staged.ok) throw new Error(staged.problem);
    return staged.value.manifest && staged.value.manifest.title;
  };
  await writeModelFolder(folder, bytes);
  expect(await manifestOf()).toBe('Invert');
  await writeModelFolder(folder, bytes, manifestFor(bytes, { sha256: '0'.repeat(64) }));
  expect(await manifestOf()).toBeNull();
  await writeModelFolder(folder, bytes, manifestFor(bytes, { file: 'other.onnx' }));
  expect(await manifestOf()).toBeNull();
  await writeModelFolder(folder, bytes, '{');
  expect(await manifestOf()).toBeNull();
});

it('refuses what is no model, and says what it is', async () => {
  const { home, refusal } = await setUp();
  const write = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(path.join(home, name), content);
    return path.join(home, name);
  };
  expect(await refusal(await write('weights.pt', 'x'))).toBe(
    '“weights.pt” is no .onnx file. Linkspan runs models in the ONNX format; export yours to it.',
  );
  expect(await refusal(await write('empty.onnx', ''))).toContain('it is empty');
  expect(await refusal(await write('words.onnx', 'these are words, and nothing else'))).toContain(
    'no ONNX model',
  );
  expect(await refusal(await write('cut.onnx', bytes.subarray(0, bytes.length - 8)))).toContain('damaged');
  expect(await refusal(path.join(home, 'gone.onnx'))).toContain('not there any more');
  await mkdir(path.join(home, 'folder.onnx'));
  expect(await refusal(path.join(home, 'folder.onnx'))).toContain('Choose the file itself');
});

it('S13: refuses what is too large before it is copied', async () => {
  const { file, refusal } = await setUp();
  await truncate(file, 512 * 1024 * 1024 + 1);
  expect(await refusal(file)).toContain('larger than 512 MiB');
});

it('S13: follows no link, and takes no path that is not whole', async () => {
  const { home, file, refusal } = await setUp();
  await symlink(file, path.join(home, 'link.onnx'));
  expect(await refusal(path.join(home, 'link.onnx'))).toContain('it is a link');
  for (const hostile of [
    '../my model.onnx',
    'my model.onnx',
    String.raw`C:\models\x.onnx`,
    `${file}\0.onnx`,
    '',
  ])
    expect(await refusal(hostile)).toMatch(/could not be found|no \.onnx file/);
});

it('S13: shows a name without what could disguise it, and cuts a long one', async () => {
  const named = async (name: string): Promise<string> => {
    const { file, staging } = await setUp(name);
    const staged = await staging.stage(file);
    return staged.ok ? staged.value.name : staged.problem;
  };
  expect(await named('a\u202Exnno.onnx')).toBe('axnno.onnx');
  expect(await named('水彩 🎨.onnx')).toBe('水彩 🎨.onnx');
  const long = await named(`${'x'.repeat(200)}.onnx`);
  expect(long).toHaveLength(128);
  expect(long.endsWith('…')).toBe(true);
});

it('keeps a few candidates, discards one that is not wanted, and nothing over a restart', async () => {
  const { file, models, staging } = await setUp();
  const kept = (): Promise<string[]> => readdir(path.join(models, '.staging'));
  const first = await staging.stage(file);
  for (let more = 0; more < 4; more += 1) await staging.stage(file);
  expect(await kept()).toHaveLength(4);
  if (!first.ok) throw new Error(first.problem);
  expect(staging.get(first.value.id)).toBeNull();
  const last = await staging.stage(file);
  if (!last.ok) throw new Error(last.problem);
  await staging.discard(last.value.id);
  expect(await kept()).toHaveLength(3);
  await staging.clean();
  await expect(kept()).rejects.toThrow('ENOENT');
});

it('says what is wrong where the folder of models is none, and keeps no app from starting', async () => {
  const { file, models } = await setUp();
  await writeFile(models, 'no folder');
  const warnings: string[] = [];
  const desk = new ModelDesk({
    store: new ModelStore(models),
    files: new UserModelFiles(),
    pick: () => Promise.resolve(file),
    openFolder: () => Promise.resolve(),
    changed: () => undefined,
    warn: (text) => void warnings.push(text),
  });
  await desk.begin();
  expect(warnings).toEqual([expect.stringContaining('ENOTDIR')]);
  expect(await desk.pick()).toMatchObject({ ok: false });
  expect(await desk.list()).toMatchObject({ models: [], problems: [{ folder: 'models' }] });
});

it('copies all of a file on a disk that takes it bit by bit', async () => {
  const { home, file, staging } = await setUp();
  await using any = await open(file);
  const handles = Object.getPrototypeOf(any) as FileHandle;
  const whole = Reflect.get(handles, 'write') as (...given: unknown[]) => unknown;
  const half = (handle: FileHandle, buffer: Uint8Array, from = 0, length = buffer.byteLength - from) =>
    Reflect.apply(whole, handle, [buffer, from, Math.ceil(length / 2), null]);
  const write = vi.spyOn(handles, 'write').mockImplementation(function (
    this: FileHandle,
    ...given: [Uint8Array]
  ) {
    return half(this, ...given) as never;
  } as never);
  try {
    const staged = await staging.stage(path.join(home, 'my model.onnx'));
    if (!staged.ok) throw new Error(staged.problem);
    expect(await readFile(path.join(staged.value.folder, 'model.onnx'))).toEqual(Buffer.from(bytes));
  } finally {
    write.mockRestore();
  }
});

it('never throws, whatever is in a file', async () => {
  const { home, staging } = await setUp();
  const folder = await mkdtemp(path.join(home, 'any-'));
  const file = path.join(folder, 'any.onnx');
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (content) => {
      await writeFile(`${file}.new`, content);
      await rename(`${file}.new`, file);
      const staged = await staging.stage(file);
      return !staged.ok;
    }),
    { numRuns: 100 },
  );
});
