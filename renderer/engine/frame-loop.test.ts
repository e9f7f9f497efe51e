import { expect, it, vi } from 'vitest';
import { LoopBench, PlayedSession, settled } from './fixtures/loop-bench.ts';

function open(): { bench: LoopBench; session: PlayedSession } {
  const bench = new LoopBench();
  return { bench, session: new PlayedSession(bench) };
}

it('reads nothing while it rests, and nothing before there is a model', async () => {
  const { bench, session } = open();
  bench.loop.replace(session);
  expect(await bench.frame(0)).toBe(false);
  bench.loop.compute('run');
  expect(await bench.frame(0)).toBe(true);
  bench.loop.compute('idle');
  // One read was under way: its frame is closed and not made, and no other follows.
  await bench.frame(33);
  expect(await bench.frame(66)).toBe(false);
  expect(bench.outMs).toEqual([0]);
  expect(bench.rests).toBe(1);
  expect(bench.given.every(({ closed }) => closed)).toBe(true);
});

it('makes frames again at once when they are wanted again', async () => {
  const { bench, session } = open();
  bench.loop.compute('run');
  bench.loop.replace(session);
  await bench.frame(0);
  bench.loop.compute('idle');
  bench.loop.compute('run');
  await bench.frame(33);
  expect(bench.outMs).toEqual([0, 33]);
});

it('carries nothing over from before a long rest, in which the source may have become another', async () => {
  const { bench, session } = open();
  bench.loop.compute('run');
  bench.loop.replace(session);
  await bench.frame(0);
  bench.clock.ms += 1_000;
  await bench.frame(1_000);
  bench.clock.ms += 60_000;
  await bench.frame(61_000);
  await bench.frame(61_033);
  expect(session.begunAfter).toEqual([2]);
});

it('has one run in flight, and hands out nothing that was made for a mixer that has enough', async () => {
  const { bench, session } = open();
  bench.loop.compute('run');
  bench.loop.replace(session);
  const release = session.hold();
  await bench.frame(0);
  expect(bench.reads).toBe(1);
  bench.loop.compute('idle');
  release();
  await settled();
  expect(bench.out).toEqual([]);
  expect(bench.made.map(({ closed }) => closed)).toEqual([true]);
});

it('replaces a model between two runs, and shows nothing more of the former one', async () => {
  const { bench, session } = open();
  bench.loop.compute('run');
  bench.loop.replace(session);
  const release = session.hold();
  await bench.frame(0);
  const next = new PlayedSession(bench);
  const replaced = bench.loop.inTurn(() => Promise.resolve(bench.loop.replace(next)));
  await settled();
  expect(bench.loop.session).toBe(session);
  release();
  expect(await replaced).toBe(session);
  await settled();
  await bench.frame(33);
  expect(bench.outMs).toEqual([0, 33]);
  expect([session.sizes.length, next.sizes.length]).toEqual([1, 1]);
});

it('gives up size and then every second frame for a model that is too slow, and tells it', async () => {
  const { bench, session } = open();
  session.runMs = 500;
  bench.loop.compute('run');
  bench.loop.replace(session);
  let at = 0;
  const qualities = (): { everySecond: boolean }[] =>
    bench.news.flatMap((news) => (news.type === 'quality' ? [news.quality] : []));
  while (!qualities().some(({ everySecond }) => everySecond)) {
    // oxlint-disable-next-line no-await-in-loop -- one frame after the other
    await bench.frame((at += 33));
  }
  expect(qualities()[0]).toEqual({ size: bench.size, everySecond: false, tooHeavy: false });
  expect(session.sizes.at(-1)!.width).toBeLessThan(512);
  const before = bench.out.length;
  for (let count = 0; count < 10; count += 1) {
    // oxlint-disable-next-line no-await-in-loop -- as above
    await bench.frame((at += 33));
  }
  expect(bench.out.length - before).toBe(5);
  expect(bench.given.every(({ closed }) => closed)).toBe(true);
});

it('follows the size of the source', async () => {
  const { bench, session } = open();
  bench.loop.compute('run');
  bench.loop.replace(session);
  bench.size = { width: 320, height: 180 };
  await bench.frame(0);
  bench.size = { width: 160, height: 90 };
  await bench.frame(33);
  expect(session.sizes).toEqual([
    { width: 320, height: 180 },
    { width: 160, height: 90 },
  ]);
});

it('hands through what needs no model in the size it has, whatever that is', async () => {
  const { bench } = open();
  const session = new PlayedSession(bench, 'identity');
  bench.size = { width: 1280, height: 720 };
  bench.loop.compute('run');
  bench.loop.replace(session);
  await bench.frame(0);
  expect(session.sizes).toEqual([bench.size]);
  expect(bench.news).toEqual([]);
});

it('goes on after a frame on which the model fails, and gives it up after 30 in a row', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { bench, session } = open();
  bench.loop.compute('run');
  bench.loop.replace(session);
  session.failure = 'no memory';
  for (let count = 0; count < 29; count += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one frame after the other
    await bench.frame(count * 33);
  }
  session.failure = null;
  await bench.frame(1000);
  expect(bench.outMs).toEqual([1000]);
  session.failure = 'no memory';
  for (let count = 0; count < 30; count += 1) {
    // oxlint-disable-next-line no-await-in-loop -- as above
    await bench.frame(2000 + count * 33);
  }
  expect(bench.news.at(-1)).toEqual({ type: 'failed', session, problem: 'no memory' });
  expect(await bench.frame(4000)).toBe(false);
  expect(bench.given.every(({ closed }) => closed)).toBe(true);
  expect(warn).toHaveBeenCalledTimes(2);
  warn.mockRestore();
});
