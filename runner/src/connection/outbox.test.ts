import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { maxBufferedBytes } from './defaults.ts';
import { Outbox } from './outbox.ts';

const writeMs = 10_000;

/** An outbox over a socket whose writes end when the test says so. */
function held(now = (): number => 0) {
  const taken: (() => void)[] = [];
  const sent: string[] = [];
  const socket = {
    readyState: WebSocket.OPEN as number,
    bufferedAmount: 0,
    send(text: string, done: () => void) {
      sent.push(text);
      taken.push(done);
    },
  };
  let full = 0;
  const outbox = new Outbox({
    socket: socket as unknown as WebSocket,
    now,
    writeMs,
    onFull: () => {
      full += 1;
    },
  });
  return { outbox, socket, taken, sent, full: () => full };
}

it('A9: a client that takes nothing in time is to be let go', () => {
  let now = 0;
  const { outbox, taken } = held(() => now);
  outbox.send({ type: 'pong' });
  now = writeMs;
  outbox.send({ type: 'pong' });
  expect(outbox.check()).toBeNull();
  now = writeMs + 1;
  expect(outbox.check()).toBe('write-timeout');
  taken.shift()?.();
  expect(outbox.check()).toBeNull();
});

it('A9: so is one for whom too much is buffered, and nothing more is buffered for it', () => {
  const { outbox, socket, sent, full } = held();
  socket.bufferedAmount = maxBufferedBytes + 1;
  outbox.send({ type: 'pong' });
  expect(outbox.check()).toBe('buffer-full');
  expect([sent, full()]).toEqual([[], 1]);
});

it('answers that an answer is too large, rather than let its reader go for it', () => {
  const { outbox, sent } = held();
  const data = 'x'.repeat(maxBufferedBytes);
  outbox.send({ type: 'api_response', request_id: 'a', status: 200, data });
  expect(JSON.parse(sent[0]!)).toMatchObject({ type: 'api_response', request_id: 'a', status: 413 });
});
