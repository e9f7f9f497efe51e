import { expect, it } from 'vitest';
import { manifestFor, scaledImage } from './fixtures/model-dir.ts';
import { availableProviders, usableProviders } from './execution-provider.ts';
import { openSession } from './open-session.ts';

it('takes the manifest’s order, and only what is there and meant for runners', () => {
  expect(usableProviders(['webgpu', 'wasm', 'cuda', 'cpu'], ['cuda', 'cpu'])).toEqual(['cuda', 'cpu']);
  expect(usableProviders(['cpu', 'cuda'], ['cuda', 'cpu'])).toEqual(['cpu', 'cuda']);
  expect(usableProviders(['coreml'], ['cpu'])).toEqual([]);
  expect(availableProviders()).toContain('cpu');
});

it('says which providers a model needs and which there are', async () => {
  const bytes = scaledImage(1).toBytes();
  const manifest = manifestFor('gpu-only', bytes);
  manifest.runtime.ep = ['webgpu', 'wasm'];
  const opened = await openSession({ manifest, bytes }, 1, () => undefined);
  expect(opened).toEqual({
    ok: false,
    problem: `"gpu-only" cannot be loaded: it needs one of webgpu, wasm; this machine has ${availableProviders().join(', ')}`,
  });
});
