import { describe, expect, it, vi } from 'vitest';
import { EngineBench, candidate } from './fixtures/engine-bench.ts';
import { playPage } from './fixtures/play-page.ts';
import type { PlayedWorker } from './fixtures/played-worker.ts';
import type { TrialRequest } from './trial.ts';

playPage();
const size = { width: 512, height: 512 };
const request: TrialRequest = { url: '/model.onnx', manifest: candidate, size };
const shape = { inputs: [], outputs: [] };

function answer(worker: PlayedWorker, runMs: number): void {
  const { id } = worker.all('try')[0]!;
  worker.say({
    type: 'tried',
    id,
    trial: { size, runMs, frameMs: runMs, realTime: runMs <= 30 },
    problem: null,
  });
}

describe('trials and inspections', () => {
  it('have a worker of their own, which ends with the answer', async () => {
    const bench = new EngineBench();
    bench.start();
    const asked = bench.engine.inspect('/model.onnx');
    expect(bench.workers).toHaveLength(2);
    expect(bench.worker.heard.map(({ type }) => type)).toEqual(['begin', 'inspect']);
    bench.worker.say({ type: 'inspected', id: 0, shape, problem: null });
    expect(await asked).toEqual({ ok: true, value: shape });
    expect(bench.workers.map(({ ended }) => ended)).toEqual([false, true]);
    expect([bench.ports.length, bench.clones.length]).toEqual([1, 1]);
  });

  it('hand on what the worker has against a file', async () => {
    const bench = new EngineBench();
    const asked = bench.engine.inspect('/model.onnx');
    bench.worker.say({ type: 'inspected', id: 0, shape: null, problem: 'It is no ONNX file.' });
    expect(await asked).toEqual({ ok: false, problem: 'It is no ONNX file.' });
  });

  it('leave the running picture alone when they crash or hang', async () => {
    const bench = new EngineBench();
    bench.start();
    const crashed = bench.engine.inspect('/model.onnx');
    bench.worker.crash();
    expect(await crashed).toMatchObject({ ok: false, problem: expect.stringContaining('cannot run') });
    const hung = bench.engine.try(request);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await hung).toMatchObject({ ok: false, problem: expect.stringContaining('within 30 s') });
    expect(bench.workers.map(({ ended }) => ended)).toEqual([false, true, true]);
    expect([bench.state.phase, bench.notices.length]).toEqual(['ready', 0]);
  });

  it('try a light model once, with one thread', async () => {
    const bench = new EngineBench();
    const tried = bench.engine.try(request);
    answer(bench.worker, 8);
    expect(await tried).toMatchObject({ ok: true, value: { runMs: 8 } });
    expect(bench.workers).toHaveLength(1);
  });

  it('try a slower one again with the threads that it would get, and take the better outcome', async () => {
    for (const [second, best] of [
      [18, 18],
      [60, 40],
    ] as const) {
      const bench = new EngineBench();
      const tried = bench.engine.try(request);
      answer(bench.worker, 40);
      // oxlint-disable-next-line no-await-in-loop -- one outcome after the other
      await vi.waitUntil(() => bench.workers.length === 2);
      expect(bench.worker.all('begin')[0]?.threads).toBe(4);
      answer(bench.worker, second);
      // oxlint-disable-next-line no-await-in-loop -- one outcome after the other
      expect(await tried).toMatchObject({ ok: true, value: { runMs: best } });
    }
  });
});
