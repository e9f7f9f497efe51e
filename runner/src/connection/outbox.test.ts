import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { maxBufferedBytes, writeMs } from './defaults.ts';
import { Outbox } from './outbox.ts';

/** A socket whose writes end when the test says so. */
function heldSocket(): { socket: WebSocket; taken: (() => void)[]; state: { bufferedAmount: number } } {
  const taken: (() => void)[] = [];
  const state = {
    readyState: WebSocket.OPEN as number,
    bufferedAmount: 0,
    send: (_text: string, done: () => void) => void taken.push(done),
  };
  return { socket: state as unknown as WebSocket, taken, state };
}

it('A9: a client that takes nothing in time is to be let go', () => {
  let now = 0;
  const { socket, taken } = heldSocket();
  const outbox = new Outbox(socket, () => now);
  outbox.send({ type: 'pong' });
  now = writeMs;
  outbox.send({ type: 'pong' });
  expect(outbox.check()).toBeNull();
  now = writeMs + 1;
  expect(outbox.check()).toContain('10 s');
  taken.shift()?.();
  expect(outbox.check()).toBeNull();
});

it('A9: so is one for whom too much is buffered', () => {
  const { socket, state } = heldSocket();
  const outbox = new Outbox(socket, () => 0);
  state.bufferedAmount = maxBufferedBytes + 1;
  expect(outbox.check()).toContain('does not read');
});
