import { describe, expect, it, vi } from 'vitest';
import { EngineBench, sketch, thermal } from './fixtures/engine-bench.ts';
import { playPage, seconds } from './fixtures/play-page.ts';

playPage();
const quality = { size: { width: 384, height: 384 }, everySecond: false, tooHeavy: false };

describe('a load', () => {
  it('begins a worker on first use, with the source and the mixer, and says when it is ready', () => {
    const bench = new EngineBench();
    expect(bench.workers).toHaveLength(0);
    bench.engine.load(sketch, { strength: 2 });
    expect(bench.worker.heard.map(({ type }) => type)).toEqual(['begin', 'source', 'load', 'ping']);
    expect(bench.worker.all('begin')[0]).toMatchObject({ threads: 1, allowWebGpu: true });
    expect(bench.worker.all('load')[0]).toMatchObject({ model: sketch, parameters: { strength: 2 } });
    expect(bench.ports).toHaveLength(1);
    bench.worker.loaded();
    expect(bench.states).toEqual([
      { phase: 'loading', pipelineId: 'sketch' },
      { phase: 'ready', pipelineId: 'sketch', provider: 'wasm', threads: 1, quality: null, figures: null },
    ]);
  });

  it('keeps its worker for the next model, and after an unload', () => {
    const bench = new EngineBench();
    bench.start();
    bench.engine.load(thermal, {});
    bench.worker.loaded();
    bench.engine.unload();
    expect(bench.state).toEqual({ phase: 'off' });
    bench.start();
    expect([bench.workers.length, bench.ports.length, bench.worker.ended]).toEqual([1, 1, false]);
  });

  it('of a model of the user’s own keeps no other from going on, however long it takes', () => {
    const bench = new EngineBench();
    bench.start();
    bench.engine.load({ ...thermal, origin: 'user' }, {});
    const [first, second] = bench.workers;
    expect([first!.all('load').length, bench.ports.length]).toEqual([1, 1]);
    second!.hangs = true;
    seconds(22);
    expect([first!.ended, second!.ended, bench.workers.length]).toEqual([false, true, 3]);
    bench.worker.hangs = true;
    seconds(22);
    expect(bench.state).toMatchObject({ phase: 'failed', pipelineId: 'thermal' });
    expect(bench.workers.map(({ ended }) => ended)).toEqual([false, true, true]);
    bench.engine.setParameters('sketch', { strength: 3 });
    expect(first!.all('parameters')).toHaveLength(1);
    bench.engine.load({ ...thermal, origin: 'user' }, {});
    bench.worker.loaded();
    expect([first!.ended, bench.ports.length, bench.state.phase]).toEqual([true, 2, 'ready']);
  });

  it('tells what is wrong with a model that cannot be loaded, and looks after the one before', () => {
    const bench = new EngineBench();
    bench.start();
    bench.engine.load(thermal, {});
    const { generation } = bench.worker.all('load').at(-1)!;
    bench.worker.say({ type: 'load-failed', generation, problem: 'It has no output "out".' });
    expect(bench.state).toEqual({
      phase: 'failed',
      pipelineId: 'thermal',
      problem: 'It has no output "out".',
    });
    bench.engine.setParameters('sketch', { strength: 3 });
    expect(bench.worker.all('parameters').at(-1)?.values).toEqual({ strength: 3 });
    bench.worker.crash();
    expect(bench.worker.all('load')[0]).toMatchObject({ model: sketch, parameters: { strength: 3 } });
  });

  it('hears nothing of a load that another has overtaken', () => {
    const bench = new EngineBench();
    bench.engine.load(sketch, {});
    bench.engine.load(thermal, {});
    const [first] = bench.worker.all('load');
    bench.worker.say({ type: 'loaded', generation: first!.generation, provider: 'wasm' });
    expect(bench.state).toEqual({ phase: 'loading', pipelineId: 'thermal' });
  });

  it('loses no parameters that change while it loads', () => {
    const bench = new EngineBench();
    bench.engine.load(sketch, { strength: 1, threshold: 0.1 });
    bench.engine.setParameters('sketch', { strength: 2 });
    bench.engine.setParameters('thermal', { gain: 9 });
    bench.engine.setParameters('sketch', { strength: 3 });
    expect(bench.worker.all('parameters')).toEqual([]);
    bench.worker.loaded();
    expect(bench.worker.all('parameters')).toEqual([
      { type: 'parameters', values: { strength: 3, threshold: 0.1 } },
    ]);
    bench.engine.setParameters('sketch', { strength: 4 });
    expect(bench.worker.all('parameters').at(-1)?.values).toEqual({ strength: 4 });
  });

  it('tells quality and figures as the worker does', () => {
    const bench = new EngineBench();
    bench.start();
    bench.worker.say({ type: 'quality', quality });
    bench.figures(5);
    expect(bench.state).toMatchObject({ quality, figures: { fps: 30, runMs: 5, frameMs: 7 } });
  });
});

describe('the watch', () => {
  it('sends nothing more once no frames are made, and none before a model is loaded', () => {
    const bench = new EngineBench();
    bench.start();
    bench.figures(5);
    seconds(10);
    const { length } = bench.worker.all('ping');
    expect(vi.getTimerCount()).toBe(0);
    seconds(100);
    expect(bench.worker.all('ping')).toHaveLength(length);
    bench.figures(5);
    expect(bench.worker.all('ping')).toHaveLength(length + 1);
    bench.engine.unload();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('begins with the first run, which no figures come of when it hangs', () => {
    const bench = new EngineBench();
    bench.start();
    seconds(100);
    bench.worker.say({ type: 'computing' });
    bench.worker.hangs = true;
    seconds(5);
    expect(bench.notices).toEqual(['The local model did not answer for 3 s and was started again.']);
  });

  it('blames no worker for a page that was blocked itself', () => {
    const bench = new EngineBench();
    bench.start();
    bench.figures(5);
    bench.worker.hangs = true;
    // A computer that slept runs a timer once, however late it is; the answer lies behind it in the queue.
    seconds(2);
    bench.worker.hangs = false;
    bench.worker.say({ type: 'pong', id: bench.worker.all('ping').at(-1)!.id });
    seconds(100);
    expect(bench.workers).toHaveLength(1);
  });
});

it('ends everything when it is disposed of', async () => {
  const bench = new EngineBench();
  bench.start();
  const inspected = bench.engine.inspect('/some.onnx');
  bench.engine.dispose();
  expect((await inspected).ok).toBe(false);
  expect(bench.workers.map(({ ended }) => ended)).toEqual([true, true]);
  expect(bench.clones.every(({ stopped }) => stopped)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  bench.engine.load(sketch, {});
  expect(bench.workers).toHaveLength(2);
});
