import { InferenceSession } from 'onnxruntime-node';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { manifestFor, scaledImage } from '../../pipelines/fixtures/test-model.ts';
import { OnnxGraph } from '../../pipelines/onnx/graph.ts';
import type { CreateSession } from './trial-runner.ts';
import { inspectModel, tryModel } from './trial-runner.ts';

// The same interface as in the page: what onnxruntime-web makes of it is shown in Chromium.
const createSession: CreateSession = (bytes) => InferenceSession.create(bytes, { logSeverityLevel: 4 });
const size = { width: 64, height: 48 };

function serve(bytes: Uint8Array | null): string {
  vi.stubGlobal('fetch', async () =>
    bytes ? new Response(bytes as Uint8Array<ArrayBuffer>) : new Response(null, { status: 404 }),
  );
  return '/user-models/some/model.onnx';
}
afterEach(() => void vi.unstubAllGlobals());

describe('inspectModel', () => {
  it('tells names, types and sides, and null for a side that may have any size', async () => {
    const url = serve(scaledImage(2, [1, 3, 'h', 64]).toBytes());
    const tensor = { type: 'float32', dims: [1, 3, null, 64] };
    expect(await inspectModel(url, createSession)).toEqual({
      inputs: [{ name: 'image', ...tensor }],
      outputs: [{ name: 'out', ...tensor }],
    });
  });

  it('says what is wrong with a file that is no model, or is gone', async () => {
    const broken = serve(new TextEncoder().encode('this is no model'));
    await expect(inspectModel(broken, createSession)).rejects.toThrow(/^ONNX Runtime cannot load it: /);
    await expect(inspectModel(serve(null), createSession)).rejects.toThrow('The file cannot be read.');
  });
});

describe('tryModel', () => {
  it('runs a model at the size that is asked for, and times it', async () => {
    const bytes = scaledImage(2).toBytes();
    const trial = await tryModel(
      { url: serve(bytes), manifest: manifestFor('light', bytes), size },
      createSession,
    );
    expect(trial.size).toEqual(size);
    expect(trial.runMs).toBeGreaterThan(0);
  });

  it('counts the conversions, and not the first run', async () => {
    // By this clock the runs take 500, 20 and 25 ms, and what lies around each 4 ms.
    const marks = [0, 2, 502, 504, 504, 506, 526, 528, 528, 530, 555, 557];
    const bytes = scaledImage(2).toBytes();
    const request = { url: serve(bytes), manifest: manifestFor('light', bytes), size };
    // The model's parameters begin at the time of its load.
    const clock = [0, ...marks];
    vi.spyOn(performance, 'now').mockImplementation(() => clock.shift() ?? 0);
    expect(await tryModel(request, createSession)).toEqual({
      size,
      runMs: 25,
      frameMs: expect.closeTo(29, 0),
      realTime: true,
    });
    const slower = [0, ...marks.slice(0, -1), 560];
    vi.spyOn(performance, 'now').mockImplementation(() => slower.shift() ?? 0);
    expect(await tryModel(request, createSession)).toEqual({
      size,
      runMs: 25,
      frameMs: expect.closeTo(32, 0),
      realTime: false,
    });
    vi.restoreAllMocks();
  });

  it('tries a model of fixed size at that size', async () => {
    const bytes = scaledImage(2, [1, 3, 32, 32]).toBytes();
    const manifest = manifestFor('fixed', bytes);
    manifest.io.image.size = { mode: 'fixed', width: 32, height: 32 };
    const trial = await tryModel({ url: serve(bytes), manifest, size }, createSession);
    expect(trial.size).toEqual({ width: 32, height: 32 });
  });

  it('refuses what its description does not fit, by name', async () => {
    const bytes = scaledImage(2, [1, 1, 'h', 'w']).toBytes();
    await expect(
      tryModel({ url: serve(bytes), manifest: manifestFor('grey', bytes), size }, createSession),
    ).rejects.toThrow(/^It does not match its description: input "image" is \[1, 1, h, w\]/);
  });

  it('refuses what fails when it runs', async () => {
    const graph = new OnnxGraph('fails');
    const image = graph.input('image', [1, 3, 'h', 'w']);
    graph.node('Reshape', [image, graph.integers(1, 3, 7, 7)], {}, 'out');
    graph.output('out', [1, 3, 'h', 'w']);
    const bytes = graph.toBytes();
    await expect(
      tryModel({ url: serve(bytes), manifest: manifestFor('fails', bytes), size }, createSession),
    ).rejects.toThrow();
  });
});
