import { expect, it, onTestFinished } from 'vitest';
import type { Manifest } from '../../../pipelines/manifest.ts';
import { OnnxGraph } from '../../../pipelines/onnx/graph.ts';
import { colourAt, flatFrame } from './fixtures/frames.ts';
import { manifestFor, planarRgb, scaledImage } from './fixtures/model-dir.ts';
import type { I420Frame } from './i420-frame.ts';
import { builtInModelDir } from './index.ts';
import { PipelineSession } from './pipeline-session.ts';
import { cpuPlan } from './provider-plan.ts';
import { readModel, type VerifiedModel } from './read-model.ts';

const clock = { ms: 0 };

async function open(model: VerifiedModel, parameters = {}): Promise<PipelineSession> {
  const opened = await PipelineSession.open(model, {
    parameters,
    providers: cpuPlan,
    intraOpThreads: 1,
    now: () => clock.ms,
    log: (line) => expect(line).toBe(`"${model.manifest.id}" runs on cpu`),
  });
  if (!opened.ok) throw new Error(opened.problem);
  onTestFinished(() => opened.value.close());
  return opened.value;
}

async function builtIn(id: string): Promise<VerifiedModel> {
  const model = await readModel([builtInModelDir], id);
  if (!model.ok) throw new Error(model.problem);
  return model.value;
}

function model(graph: OnnxGraph, io: Partial<Manifest['io']> = {}): VerifiedModel {
  const bytes = graph.toBytes();
  return { bytes, manifest: manifestFor('test', bytes, io) };
}

async function colourOf(session: PipelineSession, frame: I420Frame, x = 2, y = 2): Promise<number[]> {
  const { frame: result } = await session.process({ ...frame, data: Uint8Array.from(frame.data) });
  return colourAt(result, x, y).map(Math.round);
}

const closeTo = (expected: readonly number[]): number[] =>
  expected.map((value) => expect.closeTo(value, -0.6) as number);

it('the passthrough model gives every colour back within 1 step of I420', async () => {
  const session = await open(await builtIn('passthrough'));
  for (const colour of [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 255],
    [0, 0, 0],
    [200, 120, 40],
  ] as const) {
    const frame = flatFrame(17, 9, colour);
    const { frame: result } = await session.process({ ...frame, data: Uint8Array.from(frame.data) });
    expect(result).toMatchObject({ width: 17, height: 9 });
    result.data.forEach((value, index) =>
      expect(Math.abs(value - frame.data[index]!)).toBeLessThanOrEqual(1),
    );
  }
});

it('parameters act on the next frame of the same session', async () => {
  const session = await open(await builtIn('sketch'), { paper: [1, 0, 0] });
  const grey = flatFrame(16, 16, [128, 128, 128]);
  expect(await colourOf(session, grey)).toEqual(closeTo([254, 0, 0]));
  session.setParameters({ paper: [0, 0, 1] });
  clock.ms += 10_000;
  expect(await colourOf(session, grey)).toEqual(closeTo([0, 0, 254]));
});

it('state is fed back from frame to frame, and starts anew when the size changes', async () => {
  const session = await open(await builtIn('echo-trails'), { tint: [0, 0, 1], decay: 0.9 });
  const black = flatFrame(16, 16, [0, 0, 0]);
  await session.process(flatFrame(16, 16, [0, 0, 0]));
  await session.process(flatFrame(16, 16, [255, 255, 255]));
  await session.process(flatFrame(16, 16, [0, 0, 0]));
  expect((await colourOf(session, black))[2]).toBeGreaterThan(80);
  expect(await colourOf(session, flatFrame(18, 16, [0, 0, 0]))).toEqual([0, 0, 0]);
  expect(await colourOf(session, black)).toEqual([0, 0, 0]);
});

it('does not let the trial run at load leave traces in the state', async () => {
  const graph = new OnnxGraph('counter');
  const count = graph.node('Add', [graph.input('s.count', [1]), graph.scalar(0.25)], {}, 's.count.next');
  const dark = graph.node('Mul', [graph.input('image', [1, 3, 'h', 'w']), graph.scalar(0)]);
  graph.node('Add', [dark, count], {}, 'out');
  graph.output('out', [1, 3, 'h', 'w']);
  graph.output('s.count.next', [1]);
  const state: Manifest['io']['state'] = [
    { input: 's.count', output: 's.count.next', dims: [1], init: 'zero', reset: ['switch'] },
  ];
  const session = await open(model(graph, { state }));
  const black = flatFrame(8, 8, [0, 0, 0]);
  expect(await colourOf(session, black)).toEqual(closeTo([64, 64, 64]));
  expect(await colourOf(session, black)).toEqual(closeTo([128, 128, 128]));
});

it('fills time from the clock, in seconds since the load', async () => {
  const graph = new OnnxGraph('clock');
  const dark = graph.node('Mul', [graph.input('image', [1, 3, 'h', 'w']), graph.scalar(0)]);
  graph.node('Add', [dark, graph.input('p.time', [1])], {}, 'out');
  graph.output('out', [1, 3, 'h', 'w']);
  const params: Manifest['io']['params'] = [{ kind: 'time', name: 'time', input: 'p.time', label: 'Time' }];
  const session = await open(model(graph, { params }));
  clock.ms += 500;
  expect(await colourOf(session, flatFrame(8, 8, [0, 0, 0]))).toEqual(closeTo([128, 128, 128]));
});

it.each<[string, Manifest['io']['image']['fit'], { width: number; height: number }]>([
  ['cover gives back what the model saw', 'cover', { width: 30, height: 30 }],
  ['contain gives back the frame without its bars', 'contain', { width: 60, height: 30 }],
  ['stretch gives back the frame', 'stretch', { width: 60, height: 30 }],
])('a model of a fixed size: %s', async (_, fit, size) => {
  const image = { name: 'image', ...planarRgb, size: { mode: 'fixed', width: 16, height: 16 }, fit } as const;
  const session = await open(model(scaledImage(0.5, [1, 3, 16, 16]), { image }));
  const { frame } = await session.process(flatFrame(60, 30, [200, 100, 50]));
  expect(frame).toMatchObject(size);
  const colour = closeTo([100, 50, 25]);
  const corners = [
    [0, 0],
    [size.width - 1, 0],
    [0, size.height - 1],
    [size.width - 1, size.height - 1],
    [15, 15],
  ];
  for (const [x, y] of corners) expect(colourAt(frame, x!, y!)).toEqual(colour);
});

it('a model of a fixed size: bars at the sides are left out too', async () => {
  const image = {
    name: 'image',
    ...planarRgb,
    size: { mode: 'fixed', width: 16, height: 16 },
    fit: 'contain',
  } as const;
  const session = await open(model(scaledImage(1, [1, 3, 16, 16]), { image }));
  const { frame } = await session.process(flatFrame(30, 60, [200, 100, 50]));
  for (const x of [0, 29]) expect(colourAt(frame, x, 30)).toEqual(closeTo([200, 100, 50]));
});

it('a model that gives a larger picture than it takes: scaled back to the frame', async () => {
  const graph = new OnnxGraph('double');
  const image = graph.input('image', [1, 3, 'h', 'w']);
  graph.node('Resize', [image, '', graph.floats([4], [1, 1, 2, 2])], { mode: 'nearest' }, 'out');
  graph.output('out', [1, 3, 'h2', 'w2']);
  const session = await open(model(graph));
  const { frame } = await session.process(flatFrame(12, 10, [200, 100, 50]));
  expect(frame).toMatchObject({ width: 12, height: 10 });
  expect(colourAt(frame, 11, 9)).toEqual(closeTo([200, 100, 50]));
});

it('a model of bytes, pixel by pixel, with blue first', async () => {
  const graph = new OnnxGraph('bytes');
  graph.node('Identity', [graph.input('image', [1, 'h', 'w', 3], 'uint8')], {}, 'out');
  graph.output('out', [1, 'h', 'w', 3], 'uint8');
  const format = { layout: 'NHWC', type: 'uint8', channels: 'BGR', scale: 255 } as const;
  const session = await open(
    model(graph, {
      image: { name: 'image', ...format, size: { mode: 'any', multipleOf: 1 }, fit: 'stretch' },
      out: { name: 'out', ...format, channels: 'RGB', clamp: false },
    }),
  );
  expect(await colourOf(session, flatFrame(8, 6, [200, 100, 50]))).toEqual(closeTo([50, 100, 200]));
});

it('refuses a model whose trial run fails, and says why', async () => {
  const graph = new OnnxGraph('crooked');
  const image = graph.input('image', [1, 3, 'h', 'w']);
  graph.node('Reshape', [image, graph.integers(1, 3, 7, 11)], {}, 'out');
  graph.output('out', [1, 3, 'h', 'w']);
  const opened = await PipelineSession.open(model(graph), {
    parameters: {},
    providers: cpuPlan,
    intraOpThreads: 1,
    now: () => 0,
    log: () => undefined,
  });
  expect(opened).toMatchObject({
    ok: false,
    problem: expect.stringContaining('its first run on cpu failed') as string,
  });
});
