import { expect, it } from 'vitest';
import { manifestFor, scaledImage } from './fixtures/model-dir.ts';
import { openSession } from './open-session.ts';

it('refuses a model that is not what its manifest says, and names the difference', async () => {
  const bytes = scaledImage(1).toBytes();
  const manifest = manifestFor('test', bytes);
  manifest.io.image.name = 'input';
  expect(await openSession({ manifest, bytes }, 'cpu', 1)).toEqual({
    ok: false,
    problem: 'model.onnx does not match its manifest: it has no input "input", only image',
  });
});

it('says that bytes are no model at all, whatever they are', async () => {
  const garbage = Uint8Array.from({ length: 300 }, (_, index) => (index * 37) % 256);
  const opened = await openSession({ manifest: manifestFor('junk', garbage), bytes: garbage }, 'cpu', 1);
  expect(opened).toMatchObject({
    ok: false,
    problem: expect.stringContaining('cpu refuses it: ') as string,
  });
});
