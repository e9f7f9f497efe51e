import { expect, it } from 'vitest';
import { NewestFrames } from './newest-frames.ts';

class PlayedFrame {
  closed = false;
  readonly timestamp: number;

  /** @param atMs By the source's clock. */
  constructor(atMs: number) {
    this.timestamp = atMs * 1000;
  }

  close(): void {
    this.closed = true;
  }
}

/** A source whose clock is 5 s behind ours. */
function open(): {
  frames: NewestFrames;
  clock: { ms: number };
  source: () => { send: (atMs: number) => PlayedFrame; end: () => void };
} {
  const clock = { ms: 5000 };
  const frames = new NewestFrames(() => clock.ms);
  const source = (): ReturnType<ReturnType<typeof open>['source']> => {
    let controller!: ReadableStreamDefaultController<VideoFrame>;
    frames.open(new ReadableStream({ start: (given) => void (controller = given) }));
    return {
      send: (atMs) => {
        const frame = new PlayedFrame(atMs);
        controller.enqueue(frame as unknown as VideoFrame);
        return frame;
      },
      end: () => controller.close(),
    };
  };
  return { frames, clock, source };
}

it('gives no frame of which nobody knows how long it has waited: the first of a source', async () => {
  const { frames, source } = open();
  const { send } = source();
  const first = send(-60_000);
  const second = send(0);
  expect(await frames.next()).toBe(second);
  expect([first.closed, second.closed]).toEqual([true, false]);
});

it('after a rest gives a fresh frame at once, and closes one that has waited for more than 100 ms', async () => {
  const { frames, clock, source } = open();
  const { send } = source();
  send(-33);
  const running = send(0);
  expect(await frames.next()).toBe(running);

  frames.rest();
  clock.ms += 10_000;
  const fresh = send(9_901);
  expect(await frames.next()).toBe(fresh);

  frames.rest();
  clock.ms += 10_000;
  const stale = send(19_899);
  const next = send(20_000);
  expect(await frames.next()).toBe(next);
  expect([fresh.closed, stale.closed, next.closed]).toEqual([false, true, false]);
});

it('takes late frames while it runs: a slow source is no old one', async () => {
  const { frames, clock, source } = open();
  const { send } = source();
  send(-33);
  send(0);
  await frames.next();
  clock.ms += 3000;
  const late = send(2000);
  expect(await frames.next()).toBe(late);
});

it('goes on with the next source in the middle of a wait, and closes what the former one still gives', async () => {
  const { frames, source } = open();
  source();
  const waiting = frames.next();
  const { send, end } = source();
  send(-33);
  const frame = send(0);
  expect(await waiting).toBe(frame);
  end();
  expect(await frames.next()).toBeNull();
  expect(await frames.next()).toBeNull();
});

it('has nothing to give before a source is there', async () => {
  expect(await open().frames.next()).toBeNull();
});
