import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { expect, it, onTestFinished } from 'vitest';
import { OnnxGraph } from '../../pipelines/onnx/graph.ts';
import {
  manifestFor,
  scaledImage,
  smallOnly,
  temporaryDir,
  writeModel,
} from '../../runner/src/inference/fixtures/model-dir.ts';
import type { RunnerOptions } from '../../runner/src/config/runner-options.ts';
import { startRunner } from '../../runner/src/start-runner.ts';
import { modelList } from '../../shared/wire/models.ts';
import { goLive } from './go-live.ts';
import { SignallingClient } from './signalling-client.ts';
import { flatFrame, isFlat } from './video-client.ts';

interface Served {
  client: SignallingClient;
  httpUrl: string;
}

async function serve(options: Partial<RunnerOptions>, sessionEntry?: URL): Promise<Served> {
  const runner = await startRunner(
    { port: 0, logLevel: 'silent', provider: 'cpu', ...options },
    sessionEntry && { sessionEntry: fileURLToPath(sessionEntry) },
  );
  onTestFinished(() => runner.close());
  return { client: await SignallingClient.connect(runner.url), httpUrl: runner.httpUrl };
}

const load = (client: SignallingClient, id: string, parameters = {}): ReturnType<SignallingClient['api']> =>
  client.api('POST', '/api/v1/pipeline/load', { pipeline_id: id, parameters });

const statusOf = async (client: SignallingClient): Promise<unknown> => {
  const reply = await client.api('GET', '/api/v1/pipeline/status');
  return reply.type === 'api_response' ? reply.data : reply;
};

const text = (part: string): string => expect.stringContaining(part) as string;
/** What no build of ONNX Runtime for this platform has. */
const absent = process.platform === 'darwin' ? 'dml' : 'coreml';
const red = [81, 90, 240] as const;
const blue = [41, 240, 110] as const;
const bytes = scaledImage(1).toBytes();

/** One folder for each way in which a model can be of no use, and what the client is to hear of it. */
const useless: Record<string, { write: (dir: string) => Promise<unknown>; reason: string }> = {
  manifest: {
    write: (dir) => writeModel(dir, 'manifest', bytes, '{ "schema": 1 '),
    reason: 'manifest: model.json is not JSON',
  },
  hash: {
    write: (dir) => writeModel(dir, 'hash', bytes, { ...manifestFor('hash', bytes), sha256: '0'.repeat(64) }),
    reason: 'its manifest says 0000',
  },
  size: {
    write: async (dir) => {
      const folder = await writeModel(dir, 'size', bytes);
      await writeFile(path.join(folder, 'model.onnx'), bytes.subarray(1));
    },
    reason: `model.onnx has ${bytes.length - 1} bytes`,
  },
  corrupt: {
    write: (dir) => writeModel(dir, 'corrupt', bytes.toReversed()),
    reason: '"corrupt" cannot be loaded: cpu refuses it: ',
  },
  rank: {
    write: (dir) => writeModel(dir, 'rank', scaledImage(1, [3, 'h', 'w']).toBytes()),
    reason: 'input "image" is [3, h, w], not [1, 3, any, any]',
  },
  type: {
    write: (dir) => {
      const graph = new OnnxGraph('bytes');
      graph.node('Identity', [graph.input('image', [1, 3, 'h', 'w'], 'uint8')], {}, 'out');
      graph.output('out', [1, 3, 'h', 'w'], 'uint8');
      return writeModel(dir, 'type', graph.toBytes());
    },
    reason: 'input "image" is uint8[1, 3, h, w], not float32',
  },
  provider: {
    write: (dir) => {
      const manifest = manifestFor('provider', bytes);
      manifest.runtime.ep = [absent];
      return writeModel(dir, 'provider', bytes, manifest);
    },
    reason: `it needs one of ${absent}; this runner has cpu`,
  },
};

it('says why a model is of no use, goes on with what it had, and loads a good one afterwards', async () => {
  const dir = await temporaryDir();
  for (const { write } of Object.values(useless)) await write(dir);
  const { client } = await serve({ modelDirs: [dir] });
  const video = await goLive(client);
  video.show(flatFrame(320, 240, blue));

  async function refuseAll(expected: { status: string }, shown: typeof red | typeof blue): Promise<void> {
    for (const [id, { reason }] of Object.entries(useless)) {
      const reply = await load(client, id);
      // A folder without a manifest that can be read is no pipeline.
      if (id === 'manifest') expect(reply).toMatchObject({ status: 404 });
      else expect(reply).toMatchObject({ status: 500, error: text(reason) });
      expect(await statusOf(client)).toMatchObject({ ...expected, error: text(reason) });
      await video.seen((frame) => isFlat(frame, shown, 10));
    }
  }

  await refuseAll({ status: 'error' }, blue);
  expect(await load(client, 'sketch', { paper: [1, 0, 0] })).toMatchObject({
    data: { status: 'loaded', pipeline_id: 'sketch', execution_provider: 'cpu' },
  });
  await video.seen((frame) => isFlat(frame, red, 10));
  await refuseAll({ status: 'loaded' }, red);
  expect(JSON.stringify(client.heard)).not.toContain(dir);
});

it('hands frames through when a model fails on every one of them, until a good one is loaded', async () => {
  const dir = await temporaryDir();
  await writeModel(dir, 'small-only', smallOnly().toBytes());
  const { client } = await serve({ modelDirs: [dir] });
  const video = await goLive(client);
  video.show(flatFrame(320, 240, blue));
  expect(await load(client, 'small-only')).toMatchObject({ status: 200 });
  expect(await client.hear('error')).toMatchObject({ code: 'PIPELINE_FAILED', error: text('Reshape') });
  expect(await statusOf(client)).toEqual({
    status: 'error',
    pipeline_id: 'small-only',
    error: text('Reshape'),
  });
  await video.seen((frame) => isFlat(frame, blue, 10));
  expect(await load(client, 'sketch', { paper: [1, 0, 0] })).toMatchObject({ status: 200 });
  await video.seen((frame) => isFlat(frame, red, 10));
});

it('survives the death of the thread that runs the models, under a pipeline and at a load', async () => {
  const dir = await temporaryDir();
  await writeModel(dir, 'fatal', bytes);
  const { client } = await serve({ modelDirs: [dir] }, new URL('mortal-session.fixture.ts', import.meta.url));
  const video = await goLive(client);
  video.show(flatFrame(320, 240, blue));
  expect(await load(client, 'sketch', { paper: [1, 0, 0] })).toMatchObject({ status: 200 });
  await video.seen((frame) => isFlat(frame, red, 10));

  await video.channelOpen;
  video.channel.send(JSON.stringify({ fatal: true }));
  expect(await client.hear('error')).toMatchObject({ code: 'PIPELINE_FAILED', error: text('out of memory') });
  await video.seen((frame) => isFlat(frame, blue, 10));

  expect(await load(client, 'sketch', { paper: [1, 0, 0] })).toMatchObject({ status: 200 });
  await video.seen((frame) => isFlat(frame, red, 10));
  expect(await load(client, 'fatal')).toMatchObject({ status: 500, error: text('out of memory') });
  expect(await statusOf(client)).toMatchObject({ status: 'error', pipeline_id: 'fatal' });
  expect(client.heard.filter(({ type }) => type === 'error')).toHaveLength(2);
  await video.seen((frame) => isFlat(frame, blue, 10));
  expect(await load(client, 'sketch')).toMatchObject({ status: 200 });
});

/** Leaves the picture as it is, and takes some hundred milliseconds for it. */
function slow(): OnnxGraph {
  const graph = new OnnxGraph('slow');
  const image = graph.input('image', [1, 3, 'h', 'w']);
  const convolve = (input: string, from: number, to: number): string => {
    const zeros = Array.from({ length: to * from * 9 }, () => 0);
    return graph.node('Conv', [input, graph.floats([to, from, 3, 3], zeros)], { pads: [1, 1, 1, 1] });
  };
  let nothing = convolve(image, 3, 64);
  for (let layer = 0; layer < 6; layer += 1) nothing = convolve(nothing, 64, 64);
  nothing = convolve(nothing, 64, 3);
  graph.node('Add', [image, nothing], {}, 'out');
  graph.output('out', [1, 3, 'h', 'w']);
  return graph;
}

it('shows the newest frame of a model that is too slow, and never a queue: the rest is dropped and counted', async () => {
  const dir = await temporaryDir();
  await writeModel(dir, 'slow', slow().toBytes());
  const { client, httpUrl } = await serve({ modelDirs: [dir] });
  expect(await load(client, 'slow')).toMatchObject({ status: 200 });
  const video = await goLive(client);
  const behind = (): number =>
    client.heard.reduce(
      (sum, message) => sum + (message.type === 'frames' ? message.in - message.out : 0),
      0,
    );
  await client.hear('frames', () => behind() >= 60);

  const before = video.frames;
  video.show(flatFrame(320, 240, blue));
  await video.seen((frame) => isFlat(frame, blue, 10));
  // From a queue the sixty grey ones that wait would come first.
  expect(video.frames - before).toBeLessThan(20);

  const metrics = await (await fetch(`${httpUrl}/metrics`)).text();
  const count = (name: string): number =>
    Number(new RegExp(`^linkspan_${name}\\{slot="0"\\} (\\d+)`, 'm').exec(metrics)?.[1]);
  const dropped = count('frames_dropped_total');
  expect(dropped).toBeGreaterThanOrEqual(58);
  expect(count('inferences_total')).toBe(count('frames_sent_total'));
  // One frame is in the model, one waits.
  expect(Math.abs(count('frames_received_total') - count('frames_sent_total') - dropped)).toBeLessThanOrEqual(
    2,
  );
});

it('tells what a pipeline runs on, and why that is not what the runner was set to', async () => {
  const dir = await temporaryDir();
  const manifest = manifestFor('either', bytes);
  manifest.runtime.ep = [absent, 'cpu'];
  await writeModel(dir, 'either', bytes, manifest);
  await writeModel(dir, 'broken', bytes, 'nonsense');
  const { client } = await serve({ modelDirs: [dir], provider: absent });
  expect(await load(client, 'either')).toMatchObject({ data: { execution_provider: 'cpu' } });
  await client.hear('logs', ({ lines }) =>
    lines.some((line) =>
      line.includes(`"either" runs on cpu: ${absent}, which this runner is set to, cannot`),
    ),
  );
  expect(await load(client, 'passthrough')).toMatchObject({ data: { execution_provider: null } });
  await client.api('POST', '/api/v1/pipeline/unload');
  expect(await statusOf(client)).toEqual({ status: 'not_loaded', pipeline_id: null });

  const reply = await client.api('GET', '/api/v1/models');
  const { models, problems } = v.parse(modelList, reply.type === 'api_response' ? reply.data : null);
  expect(models.find(({ id }) => id === 'either')).toMatchObject({
    execution_providers: [absent, 'cpu'],
    execution_provider: 'cpu',
  });
  expect(problems).toEqual([{ folder: 'broken', problem: text('model.json is not JSON') }]);
});
