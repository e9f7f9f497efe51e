import { expect, it, onTestFinished } from 'vitest';
import { OnnxGraph } from '../../pipelines/onnx/graph.ts';
import {
  type Engine,
  type I420Frame,
  builtInModelDir,
  createEngine,
} from '../../runner/src/inference/index.ts';
import { colourAt, flatFrame } from '../../runner/src/inference/fixtures/frames.ts';
import {
  manifestFor,
  scaledImage,
  smallOnly,
  temporaryDir,
  writeModel,
} from '../../runner/src/inference/fixtures/model-dir.ts';

interface Bench {
  engine: Engine;
  log: string[];
  /** Everything that came out so far. */
  frames: I420Frame[];
  /** The next frame to come out. */
  next: () => Promise<I420Frame>;
}

function open({ modelDirs = [], worker }: { modelDirs?: string[]; worker?: URL } = {}): Bench {
  const log: string[] = [];
  const frames: I420Frame[] = [];
  let wake: ((frame: I420Frame) => void)[] = [];
  const engine = createEngine({
    modelDirs: [builtInModelDir, ...modelDirs],
    log: (line) => log.push(line),
    ...(worker && { worker }),
  });
  engine.onFrame((frame) => {
    frames.push(frame);
    const waiting = wake;
    wake = [];
    for (const resolve of waiting) resolve(frame);
  });
  onTestFinished(() => engine.dispose());
  return { engine, log, frames, next: () => new Promise((resolve) => wake.push(resolve)) };
}

async function load(engine: Engine, id: string, parameters = {}): Promise<void> {
  const provider = id === 'passthrough' ? null : 'cpu';
  expect(await engine.load(id, parameters)).toEqual({ ok: true, value: { provider } });
}

const grey = (level: number): I420Frame => flatFrame(32, 32, [level, level, level]);
const red = ({ frame, x = 16, y = 16 }: { frame: I420Frame; x?: number; y?: number }): number =>
  Math.round(colourAt(frame, x, y)[0]);

it('transforms only the newest of the frames that come during a run, and counts the rest as dropped', async () => {
  const { engine, frames, next } = open();
  await load(engine, 'thermal', { palette: 3, gain: 1 });
  engine.takeStats();
  for (let level = 0; level <= 200; level += 2) engine.submit(grey(level));
  await next();
  await next();
  expect(red({ frame: frames[0]! })).toBeLessThan(20);
  expect(red({ frame: frames[1]! })).toBeGreaterThan(180);
  const stats = engine.takeStats();
  expect(stats).toEqual({ inferences: 2, meanMs: expect.any(Number) as number, dropped: 99 });
  expect(engine.takeStats()).toEqual({ inferences: 0, meanMs: null, dropped: 0 });

  engine.submit(grey(0));
  await next();
  expect(frames).toHaveLength(3);
});

it('hands frames through untouched for passthrough: the very same, bit for bit, without a run', async () => {
  const { engine, frames } = open();
  await load(engine, 'passthrough');
  const frame = flatFrame(33, 17, [1, 2, 3]);
  frame.data.forEach((_, index) => (frame.data[index] = (index * 31) % 256));
  engine.submit(frame);
  expect(frames[0]).toBe(frame);
  expect(engine.takeStats()).toMatchObject({ inferences: 0, dropped: 0 });
});

it('applies parameters live, and those that are set while a load is under way', async () => {
  const { engine, next } = open();
  const loading = engine.load('sketch', { paper: [0, 0, 0] });
  engine.setParameters({ paper: [1, 0, 0] });
  expect((await loading).ok).toBe(true);
  const redness = async (): Promise<number> => {
    engine.submit(grey(128));
    return red({ frame: await next() });
  };
  let level = await redness();
  while (level < 240) level = await redness();
  engine.setParameters({ paper: [0, 1, 0] });
  while (level > 15) level = await redness();
  expect(level).toBeLessThanOrEqual(15);
});

it('keeps the earlier pipeline when a load fails, and says why it failed', async () => {
  const dir = await temporaryDir();
  const garbage = Uint8Array.from({ length: 64 }, (_, index) => index * 3);
  await writeModel(dir, 'garbage', garbage);
  const good = scaledImage(1).toBytes();
  await writeModel(dir, 'changed', good, { ...manifestFor('changed', good), sha256: '0'.repeat(64) });
  await writeModel(dir, 'elsewhere', good, {
    ...manifestFor('elsewhere', good),
    runtime: { opset: 17, ep: ['webgpu'], precision: 'fp32', identity: false },
  });
  const { engine, next } = open({ modelDirs: [dir] });
  await load(engine, 'thermal', { palette: 3, gain: 1 });
  for (const [id, reason] of [
    ['garbage', '"garbage" cannot be loaded'],
    ['changed', 'its manifest says 0000'],
    ['elsewhere', 'it needs one of webgpu'],
    ['absent', 'There is no pipeline "absent"'],
  ] as const) {
    expect(await engine.load(id, {})).toMatchObject({
      ok: false,
      problem: expect.stringContaining(reason) as string,
    });
    engine.submit(grey(255));
    expect(red({ frame: await next() })).toBeGreaterThan(240);
  }
});

it('runs a model from the user’s folder', async () => {
  const dir = await temporaryDir();
  await writeModel(dir, 'dim', scaledImage(0.5).toBytes());
  const { engine, next } = open({ modelDirs: [dir] });
  await load(engine, 'dim');
  engine.submit(grey(200));
  expect(Math.abs(red({ frame: await next() }) - 100)).toBeLessThan(3);
});

it('says once that a pipeline fails on every frame, drops frames from then on, and works again after a load', async () => {
  const dir = await temporaryDir();
  await writeModel(dir, 'small-only', smallOnly().toBytes());
  const { engine, next } = open({ modelDirs: [dir] });
  const failures: string[] = [];
  engine.onFailure((problem) => failures.push(problem));
  await load(engine, 'small-only');
  while (failures.length === 0) {
    engine.submit(grey(100));
    await new Promise(setImmediate);
  }
  engine.takeStats();
  engine.submit(grey(100));
  expect(engine.takeStats()).toMatchObject({ inferences: 0, dropped: 1 });
  expect(failures).toEqual([expect.stringMatching(/reshape/i)]);
  await load(engine, 'thermal', { palette: 3, gain: 1 });
  engine.submit(grey(255));
  expect(red({ frame: await next() })).toBeGreaterThan(240);
});

it('starts the state anew with each load', async () => {
  const { engine, next } = open();
  for (let round = 0; round < 2; round++) {
    await load(engine, 'echo-trails', { tint: [1, 0, 0], decay: 0.98 });
    const levels: number[] = [];
    for (const level of [0, 255, 0, 0]) {
      engine.submit(grey(level));
      levels.push(red({ frame: await next() }));
    }
    expect(levels[0]).toBe(0);
    expect(levels[3]).toBeGreaterThan(80);
  }
});

it('is silent after unload and before a load, and counts those frames as dropped', async () => {
  const { engine, frames, next } = open();
  engine.submit(grey(1));
  await load(engine, 'sketch');
  engine.submit(grey(1));
  engine.submit(grey(2));
  await engine.unload();
  engine.submit(grey(3));
  expect(frames).toHaveLength(0);
  expect(engine.takeStats().dropped).toBe(3);
  await load(engine, 'sketch');
  engine.submit(grey(4));
  await next();
  expect(frames).toHaveLength(1);
});

it('goes on after a frame on which the model fails, and reports the cause once', async () => {
  const graph = new OnnxGraph('fussy');
  const image = graph.input('image', [1, 3, 'h', 'w']);
  graph.node('Reshape', [graph.node('Identity', [image]), graph.integers(1, 3, 16, 16)], {}, 'out');
  graph.output('out', [1, 3, 16, 16]);
  const dir = await temporaryDir();
  await writeModel(dir, 'fussy', graph.toBytes());
  const { engine, frames, log, next } = open({ modelDirs: [dir] });
  await load(engine, 'fussy');
  engine.takeStats();
  engine.submit(grey(1));
  engine.submit(grey(2));
  await engine.load('absent', {});
  engine.submit(flatFrame(16, 16, [9, 9, 9]));
  await next();
  expect(frames).toHaveLength(1);
  expect(engine.takeStats()).toMatchObject({ inferences: 1, dropped: 2 });
  expect(log).toEqual([
    '"fussy" runs on cpu',
    expect.stringContaining('A frame could not be transformed') as string,
  ]);
});

it('answers loads in their order and refuses them once it is disposed of', async () => {
  const { engine } = open();
  const outcomes = await Promise.all(['sketch', 'absent', 'passthrough'].map((id) => engine.load(id, {})));
  expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
  await engine.dispose();
  await engine.dispose();
  expect(await engine.load('sketch', {})).toMatchObject({ ok: false });
  engine.submit(grey(1));
  await engine.unload();
});

it('runs on the CPU what cannot run on what was chosen, and tells both', async () => {
  const { engine, log } = open();
  const problems = [{ provider: 'webgpu', reason: 'No supported adapters' }] as const;
  const plan = { choice: 'webgpu', usable: ['cpu'], problems } as const;
  expect(await engine.load('sketch', {}, plan)).toEqual({ ok: true, value: { provider: 'cpu' } });
  expect(log).toEqual([
    '"sketch" runs on cpu: webgpu, which this runner is set to, cannot be used (No supported adapters)',
  ]);
});

const worker = new URL('mortal-worker.fixture.ts', import.meta.url);

it('says so when its thread dies under a pipeline, drops frames, and works again after a load', async () => {
  const { engine, log, next } = open({ worker });
  const failed = new Promise<string>((resolve) => engine.onFailure(resolve));
  await load(engine, 'thermal', { palette: 3, gain: 1 });
  engine.setParameters({ fatal: true });
  expect(await failed).toBe('Error: out of memory');
  expect(log.at(-1)).toBe('Inference stopped: Error: out of memory');
  engine.takeStats();
  engine.submit(grey(255));
  expect(engine.takeStats()).toMatchObject({ inferences: 0, dropped: 1 });
  await engine.unload();
  await load(engine, 'thermal', { palette: 3, gain: 1 });
  engine.submit(grey(255));
  expect(red({ frame: await next() })).toBeGreaterThan(240);
});

it('refuses the load that its thread dies of, and tells that the earlier pipeline is gone with it', async () => {
  const { engine } = open({ worker });
  const failures: string[] = [];
  engine.onFailure((problem) => failures.push(problem));
  const fatal = { ok: false, problem: 'inference stopped: Error: out of memory' };
  expect(await engine.load('fatal', {})).toEqual(fatal);
  expect(failures).toEqual([]);
  await load(engine, 'thermal');
  expect(await engine.load('fatal', {})).toEqual(fatal);
  expect(failures).toEqual(['Error: out of memory']);
});

it('goes on with passthrough, which needs no thread, when its thread dies of a load', async () => {
  const { engine, frames } = open({ worker });
  await load(engine, 'passthrough');
  expect((await engine.load('fatal', {})).ok).toBe(false);
  engine.submit(grey(7));
  expect(frames).toEqual([grey(7)]);
});

it('throws on a frame that is not one', async () => {
  const { engine } = open();
  await load(engine, 'sketch');
  expect(() => engine.submit({ width: 4, height: 4, data: new Uint8Array(3) })).toThrow(RangeError);
});
