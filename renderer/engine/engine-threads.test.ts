import { describe, expect, it } from 'vitest';
import { EngineBench, passthrough, sketch, thermal } from './fixtures/engine-bench.ts';
import { playPage } from './fixtures/play-page.ts';

playPage();
const quality = { size: { width: 384, height: 384 }, everySecond: false, tooHeavy: false };

describe('threads', () => {
  it('are added by another worker, while the present one goes on', () => {
    const bench = new EngineBench();
    bench.start();
    bench.worker.say({ type: 'quality', quality });
    bench.figures(25);
    expect(bench.workers).toHaveLength(1);
    bench.figures(28);
    const [first, second] = bench.workers;
    expect(second!.all('begin')[0]?.threads).toBe(3);
    expect([first!.ended, bench.ports.length, bench.state.phase]).toEqual([false, 1, 'ready']);
    bench.engine.setParameters('sketch', { strength: 2 });
    expect(first!.all('parameters')).toHaveLength(1);
    second!.loaded();
    expect(second!.all('parameters')[0]?.values).toEqual({ strength: 2 });
    expect([first!.ended, bench.ports.length]).toEqual([true, 2]);
    expect(bench.clones.map(({ stopped }) => stopped)).toEqual([true, false]);
    expect(bench.state).toMatchObject({ phase: 'ready', threads: 3, quality });
    bench.figures(12);
    bench.figures(12);
    expect([bench.workers.length, bench.notices.length]).toEqual([2, 0]);
  });

  it('are remembered for each model', () => {
    const bench = new EngineBench();
    bench.start();
    bench.figures(25);
    bench.figures(25);
    bench.worker.loaded();
    bench.engine.load(thermal, {});
    expect(bench.worker.all('begin')[0]?.threads).toBe(1);
    expect(bench.workers[1]!.ended).toBe(false);
    bench.worker.loaded();
    expect(bench.workers[1]!.ended).toBe(true);
    bench.engine.load(sketch, {});
    expect(bench.worker.all('begin')[0]?.threads).toBe(3);
    bench.worker.loaded();
    // A model that only hands frames through takes whichever worker there is.
    bench.start(passthrough);
    expect(bench.workers).toHaveLength(4);
  });

  it.each([
    ['a light model', 'wasm' as const, 9, 8],
    ['WebGPU', 'webgpu' as const, 50, 8],
    ['a single core', 'wasm' as const, 50, 1],
  ])('stay as they are for %s', (_, provider, runMs, cores) => {
    const bench = new EngineBench(cores);
    bench.engine.load(sketch, {});
    bench.worker.loaded(provider);
    for (let count = 0; count < 5; count += 1) bench.figures(runMs);
    expect(bench.workers).toHaveLength(1);
  });

  it('stay as they are when the worker with more of them fails', () => {
    const bench = new EngineBench();
    bench.start();
    bench.figures(25);
    bench.figures(25);
    const [first, second] = bench.workers;
    second!.crash();
    expect([first!.ended, second!.ended, bench.state.phase]).toEqual([false, true, 'ready']);
    first!.say({ type: 'figures', figures: { fps: 30, runMs: 25, frameMs: 30 } });
    expect([bench.workers.length, bench.notices.length]).toEqual([2, 0]);
  });

  it('stay as they are when the model cannot be loaded a second time', () => {
    const bench = new EngineBench();
    bench.start();
    bench.figures(25);
    bench.figures(25);
    const [first, second] = bench.workers;
    const { generation } = second!.all('load')[0]!;
    second!.say({ type: 'load-failed', generation, problem: 'model.onnx cannot be read (404)' });
    expect([first!.ended, second!.ended, bench.state.phase]).toEqual([false, true, 'ready']);
    first!.say({ type: 'figures', figures: { fps: 30, runMs: 25, frameMs: 30 } });
    expect([bench.workers.length, bench.notices.length]).toEqual([2, 0]);
  });

  it.each(['while another worker loads it', 'after that one failed'])(
    'do not keep a model that breaks from being started again, %s',
    (when) => {
      const bench = new EngineBench();
      bench.start();
      bench.figures(25);
      bench.figures(25);
      const [first, second] = bench.workers;
      if (when === 'after that one failed') second!.crash();
      const { generation } = first!.all('load')[0]!;
      first!.say({ type: 'broken', generation, problem: 'Out of memory', deviceLost: false });
      expect([first!.ended, second!.ended, bench.workers.length]).toEqual([true, true, 3]);
      expect(bench.notices).toHaveLength(1);
      bench.worker.loaded();
      expect(bench.state.phase).toBe('ready');
    },
  );
});
