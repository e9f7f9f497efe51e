import { expect, it } from 'vitest';
import type { Engine, I420Frame } from '../inference/index.ts';
import { FramePath } from './frame-path.ts';

const frame = (width: number): I420Frame => ({ width, height: 2, data: new Uint8Array(width * 3) });

/** An engine under the test's control: it holds what is submitted until told to give something out. */
function heldEngine(): { engine: Engine; submitted: I420Frame[]; give: (frame: I420Frame) => void } {
  const submitted: I420Frame[] = [];
  let give = (_frame: I420Frame): void => undefined;
  const engine: Engine = {
    load: () => Promise.resolve({ ok: true, value: { provider: 'cpu' } }),
    unload: () => Promise.resolve(),
    setParameters: () => undefined,
    submit: (submission) => void submitted.push(submission),
    onFrame: (listener) => {
      give = listener;
    },
    onFailure: () => undefined,
    takeStats: () => ({ inferences: 2, meanMs: 7, dropped: 3 }),
    dispose: () => Promise.resolve(),
  };
  return { engine, submitted, give: (out) => give(out) };
}

function screen(): { shown: number[]; show(frame: I420Frame): void } {
  const shown: number[] = [];
  return { shown, show: ({ width }) => void shown.push(width) };
}

it('hands frames straight through while no pipeline is loaded', () => {
  const { engine, submitted } = heldEngine();
  const path = new FramePath(engine);
  const peer = screen();
  path.add(peer);
  path.receive(peer, frame(4));
  expect(peer.shown).toEqual([4]);
  expect(submitted).toEqual([]);
});

it('shows nothing but what the pipeline gives once one is loaded, and no late result after it is gone', () => {
  const { engine, submitted, give } = heldEngine();
  const path = new FramePath(engine);
  const peer = screen();
  path.add(peer);
  path.setPipeline('loaded');
  path.receive(peer, frame(4));
  expect(submitted).toHaveLength(1);
  expect(peer.shown).toEqual([]);
  give(frame(6));
  expect(peer.shown).toEqual([6]);
  path.setPipeline('none');
  give(frame(8));
  expect(peer.shown).toEqual([6]);
});

it('takes frames of the newer of two peers once it delivers, and shows the result to both', () => {
  const path = new FramePath(heldEngine().engine);
  const old = screen();
  const fresh = screen();
  path.add(old);
  path.add(fresh);
  path.receive(old, frame(2));
  path.receive(fresh, frame(4));
  path.receive(old, frame(6));
  expect(old.shown).toEqual([2, 4]);
  expect(fresh.shown).toEqual([2, 4]);
  path.remove(fresh);
  path.receive(fresh, frame(8));
  path.receive(old, frame(10));
  expect(old.shown).toEqual([2, 4, 10]);
});

it('counts what came and went since it was last asked', () => {
  const { engine } = heldEngine();
  const path = new FramePath(engine);
  const peer = screen();
  path.add(peer);
  path.receive(peer, frame(2));
  path.setPipeline('loaded');
  path.receive(peer, frame(2));
  expect(path.takeCounts()).toEqual({ in: 2, out: 1, dropped: 3, inferences: 2, inferenceMs: 7 });
  expect(path.takeCounts()).toMatchObject({ in: 0, out: 0 });
});

it('gives the next frame that goes out to whoever asks', async () => {
  const path = new FramePath(heldEngine().engine);
  const peer = screen();
  path.add(peer);
  const next = path.next(60_000);
  path.receive(peer, frame(4));
  expect(await next).toMatchObject({ width: 4 });
  expect(await path.next(0)).toBeNull();
});
