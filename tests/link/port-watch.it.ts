import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { PortWatch } from '../../main/link/port-watch.ts';
import { ManualClock } from './manual-clock.ts';
import { untilOpenSockets } from './open-sockets.ts';

const everyMs = 250;
let watch: PortWatch;

afterEach(async () => {
  watch.watch(null);
  await untilOpenSockets(0);
});

/** A watch whose looks can be awaited, and a way to the answer whether the port is reached directly. */
function watching(isDirect: () => Promise<boolean> = () => Promise.resolve(true)) {
  const clock = new ManualClock();
  const open = Promise.withResolvers<void>();
  const told: string[] = [];
  watch = new PortWatch({
    clock,
    everyMs,
    isDirect,
    onOpen: () => {
      told.push('open');
      open.resolve();
    },
  });
  /** A look was made and the port refused: the next is due. */
  const refused = async (): Promise<void> => {
    clock.advance(everyMs);
    while (clock.pending === 0) await new Promise((resolve) => setImmediate(resolve));
  };
  return { clock, told, open: open.promise, refused };
}

async function listen(port = 0): Promise<{ server: Server; port: number; taken: Socket[] }> {
  const taken: Socket[] = [];
  const server = createServer((socket) => taken.push(socket.resume()));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port, taken };
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

async function closedPort(): Promise<number> {
  const { server, port } = await listen();
  await close(server);
  return port;
}

describe('a watch on a port that refused', () => {
  it('looks again and again, tells once that it is open, and says nothing there', async () => {
    const port = await closedPort();
    const { clock, told, open, refused } = watching();
    watch.watch(`ws://127.0.0.1:${port}/ws`);
    await refused();
    await refused();
    const { server, taken } = await listen(port);
    clock.advance(everyMs);
    await open;
    const [socket] = taken.length > 0 ? taken : ((await once(server, 'connection')) as [Socket]);
    await once(socket!, 'close');
    expect(socket!.bytesRead).toBe(0);
    expect(clock.pending).toBe(0);
    expect(told).toEqual(['open']);
    await close(server);
  });

  it('goes on undisturbed when it is told the same again', async () => {
    const url = `ws://127.0.0.1:${await closedPort()}/ws`;
    const { clock } = watching();
    watch.watch(url);
    clock.advance(everyMs - 1);
    watch.watch(url);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    expect(clock.pending).toBe(0);
  });

  it('ends with what it watched, between two looks and in the middle of one', async () => {
    const { server, port } = await listen();
    const { clock, told } = watching();
    watch.watch(`ws://127.0.0.1:${port}/ws`);
    watch.watch(null);
    expect(clock.pending).toBe(0);
    watch.watch(`ws://127.0.0.1:${port}/ws`);
    clock.advance(everyMs);
    await Promise.resolve();
    watch.watch(null);
    await close(server);
    expect(told).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('looks once at a time, though the answer about proxies comes late', async () => {
    const port = await closedPort();
    const answers: ((isDirect: boolean) => void)[] = [];
    const { clock, told, open } = watching(() => new Promise((resolve) => answers.push(resolve)));
    const url = `ws://127.0.0.1:${port}/ws`;
    watch.watch(url);
    clock.advance(everyMs);
    watch.watch(null);
    watch.watch(url);
    const { server, taken } = await listen(port);
    for (const answer of answers.splice(0)) answer(true);
    clock.advance(everyMs);
    for (const answer of answers.splice(0)) answer(true);
    await open;
    await close(server);
    expect(taken).toHaveLength(1);
    expect(told).toEqual(['open']);
  });

  it('is not kept where a proxy would answer in its place', async () => {
    const { server, port, taken } = await listen();
    const { clock, told } = watching(() => Promise.resolve(false));
    watch.watch(`ws://127.0.0.1:${port}/ws`);
    clock.advance(everyMs);
    await Promise.resolve();
    await close(server);
    expect([taken, told, clock.pending]).toEqual([[], [], 0]);
  });

  it('knows addresses in brackets', async () => {
    const server = createServer((socket) => socket.resume());
    server.listen(0, '::1');
    await once(server, 'listening');
    const { clock, open } = watching();
    watch.watch(`ws://[::1]:${(server.address() as AddressInfo).port}/ws`);
    clock.advance(everyMs);
    await open;
    await close(server);
  });
});
