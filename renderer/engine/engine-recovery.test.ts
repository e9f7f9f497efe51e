import { describe, expect, it } from 'vitest';
import { EngineBench, sketch, thermal } from './fixtures/engine-bench.ts';
import { playPage, seconds } from './fixtures/play-page.ts';

playPage();

describe('a worker that fails', () => {
  it('is started again once after a crash, with a word and the latest parameters', () => {
    const bench = new EngineBench();
    bench.engine.load(sketch, { strength: 1 });
    bench.worker.loaded();
    bench.engine.setParameters('sketch', { strength: 2 });
    bench.worker.crash();
    expect(bench.workers.map(({ ended }) => ended)).toEqual([true, false]);
    expect(bench.clones.map(({ stopped }) => stopped)).toEqual([true, false]);
    expect(bench.ports).toHaveLength(2);
    expect(bench.notices).toEqual(['The local model crashed and was started again.']);
    expect(bench.state).toEqual({ phase: 'loading', pipelineId: 'sketch' });
    bench.engine.setParameters('sketch', { threshold: 0.3 });
    bench.worker.loaded();
    expect(bench.worker.all('load')[0]?.parameters).toEqual({ strength: 2 });
    expect(bench.worker.all('parameters')[0]?.values).toEqual({ strength: 2, threshold: 0.3 });
    expect(bench.state.phase).toBe('ready');
  });

  it('is started again when it answers no ping for 3 s', () => {
    const bench = new EngineBench();
    bench.start();
    bench.figures(5);
    bench.worker.hangs = true;
    seconds(5);
    expect(bench.workers).toHaveLength(2);
    expect(bench.notices).toEqual(['The local model did not answer for 3 s and was started again.']);
  });

  it('may block for longer while it loads', () => {
    const bench = new EngineBench();
    bench.engine.load(sketch, {});
    bench.worker.hangs = true;
    seconds(18);
    expect(bench.workers).toHaveLength(1);
    seconds(3);
    expect(bench.notices).toEqual(['The local model did not answer for 20 s and was started again.']);
  });

  it('is not blamed for a long load when its first run takes a while as well', () => {
    const bench = new EngineBench();
    bench.engine.load(sketch, {});
    bench.worker.hangs = true;
    seconds(10);
    bench.worker.loaded();
    seconds(2);
    expect(bench.workers).toHaveLength(1);
    seconds(2);
    expect(bench.notices).toEqual(['The local model did not answer for 3 s and was started again.']);
  });

  it('is given that time also while the model before still makes frames', () => {
    const bench = new EngineBench();
    bench.start();
    bench.engine.load(thermal, {});
    bench.figures(5);
    bench.worker.hangs = true;
    seconds(10);
    expect(bench.workers).toHaveLength(1);
  });

  it('is not started a third time within a minute, and says what to do', () => {
    const bench = new EngineBench();
    bench.start();
    bench.worker.crash();
    bench.worker.loaded();
    seconds(30);
    bench.worker.crash();
    expect(bench.workers).toHaveLength(2);
    expect(bench.worker.ended).toBe(true);
    expect(bench.state).toMatchObject({ phase: 'failed', pipelineId: 'sketch' });
    expect(bench.state).toMatchObject({ problem: expect.stringContaining('choose a lighter model') });
    bench.start(thermal);
    expect(bench.state).toMatchObject({ phase: 'ready', pipelineId: 'thermal' });
    bench.worker.crash();
    bench.worker.loaded();
    expect(bench.state).toMatchObject({ phase: 'ready', pipelineId: 'thermal' });
  });

  it('is started again each time when it crashes but rarely', () => {
    const bench = new EngineBench();
    bench.start();
    for (let hour = 0; hour < 5; hour += 1) {
      bench.worker.crash();
      bench.worker.loaded();
      seconds(3600);
    }
    expect(bench.state.phase).toBe('ready');
    expect(bench.notices).toHaveLength(5);
  });

  it('is started again without WebGPU when the device is lost, for good', () => {
    const bench = new EngineBench();
    bench.engine.load(sketch, {});
    bench.worker.loaded('webgpu');
    const { generation } = bench.worker.all('load')[0]!;
    bench.worker.say({ type: 'broken', generation, problem: 'Device lost', deviceLost: true });
    expect(bench.worker.all('begin')[0]?.allowWebGpu).toBe(false);
    expect(bench.notices).toHaveLength(1);
    bench.worker.loaded();
    // Not held against the model.
    bench.worker.crash();
    expect(bench.worker.all('begin')[0]?.allowWebGpu).toBe(false);
    expect(bench.state.phase).toBe('loading');
  });

  it('loses no parameters that change while it is started again without WebGPU', () => {
    const bench = new EngineBench();
    bench.engine.load(sketch, { strength: 1 });
    bench.worker.loaded('webgpu');
    const { generation } = bench.worker.all('load')[0]!;
    bench.worker.say({ type: 'broken', generation, problem: 'Device lost', deviceLost: true });
    bench.engine.setParameters('sketch', { strength: 2 });
    // A worker that has no model yet does not keep them.
    expect(bench.worker.all('parameters')).toEqual([]);
    bench.worker.loaded();
    expect(bench.worker.all('parameters')[0]?.values).toEqual({ strength: 2 });
  });

  it('is no model to go back to when it broke while the next one loads', () => {
    const bench = new EngineBench();
    bench.start();
    bench.engine.load(thermal, {});
    const [before, next] = bench.worker.all('load');
    bench.worker.say({
      type: 'broken',
      generation: before!.generation,
      problem: 'Out of memory',
      deviceLost: false,
    });
    bench.worker.say({ type: 'load-failed', generation: next!.generation, problem: 'It has no output.' });
    expect(bench.state).toMatchObject({ phase: 'failed', pipelineId: 'thermal' });
    bench.engine.setParameters('sketch', { strength: 3 });
    expect(bench.worker.all('parameters')).toEqual([]);
  });

  it('is started again when its model fails on every frame', () => {
    const bench = new EngineBench();
    bench.start();
    const { generation } = bench.worker.all('load')[0]!;
    bench.worker.say({ type: 'broken', generation, problem: 'Out of memory', deviceLost: false });
    expect(bench.notices).toEqual(['The local model stopped working (Out of memory) and was started again.']);
  });

  it('is not heard any more once it was ended', () => {
    const bench = new EngineBench();
    bench.start();
    const [first] = bench.workers;
    first!.crash();
    first!.crash();
    first!.loaded();
    expect([bench.workers.length, bench.state.phase]).toEqual([2, 'loading']);
  });

  it('is left alone when nothing is loaded', () => {
    const bench = new EngineBench();
    bench.start();
    bench.engine.unload();
    bench.worker.crash();
    expect([bench.workers.length, bench.notices.length]).toEqual([1, 0]);
    expect(bench.state).toEqual({ phase: 'off' });
    bench.start();
    expect(bench.workers).toHaveLength(2);
  });
});
