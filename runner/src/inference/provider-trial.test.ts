import { expect, it } from 'vitest';
import { flatFrame } from './fixtures/frames.ts';
import type { I420Frame } from './i420-frame.ts';
import { tryProvider } from './provider-trial.ts';

const grey = (level: number): I420Frame => flatFrame(8, 8, [level, level, level]);

it('finds nothing wrong with the CPU', async () => {
  expect(await tryProvider('cpu')).toBeNull();
});

it('says so of a provider that is not part of ONNX Runtime here, rather than try it', async () => {
  const absent = process.platform === 'darwin' ? 'dml' : 'coreml';
  expect(await tryProvider(absent)).toBe('not part of this build of ONNX Runtime');
});

it.each<[string, I420Frame, string | null]>([
  ['the rounding of another precision', grey(101), null],
  ['a wrong picture', grey(0), 'its picture is up to 86 of 255 off the CPU’s'],
  ['a picture of another size', flatFrame(8, 4, [100, 100, 100]), 'another size'],
])('judges a provider by its answer: %s', async (_, given, problem) => {
  const verdict = await tryProvider('webgpu', (provider) =>
    Promise.resolve(provider === 'cpu' ? grey(100) : given),
  );
  if (problem === null) expect(verdict).toBeNull();
  else expect(verdict).toContain(problem.replace('’', "'"));
});

it('takes a provider that throws for one that cannot be used', async () => {
  const run = (provider: string): Promise<I420Frame> =>
    provider === 'cpu' ? Promise.resolve(grey(1)) : Promise.reject(new Error('no adapter'));
  expect(await tryProvider('webgpu', run)).toBe('no adapter');
});
