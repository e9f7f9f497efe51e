import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UdpPath, type UdpPathOptions } from '../../scripts/drive/fault-proxy/udp-path.ts';
import type { Towards } from '../../scripts/drive/fault-proxy/faults.ts';
import { ManualClock } from '../link/manual-clock.ts';
import { untilOpenSockets } from '../link/open-sockets.ts';

/** One end of a path and what has reached it. */
class Datagrams {
  readonly socket: Socket;
  readonly seen: { text: string; port: number }[] = [];
  readonly #waiting = new Set<() => void>();

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('message', (bytes, { port }) => {
      this.seen.push({ text: bytes.toString(), port });
      for (const wake of this.#waiting) wake();
    });
  }

  static async open(): Promise<Datagrams> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new Datagrams(socket);
  }

  get place(): { address: string; port: number } {
    return this.socket.address();
  }

  get texts(): string[] {
    return this.seen.map(({ text }) => text);
  }

  send(text: string, port: number): void {
    this.socket.send(text, port, '127.0.0.1');
  }

  async heard(text: string): Promise<{ text: string; port: number }> {
    for (;;) {
      const found = this.seen.find((seen) => seen.text === text);
      if (found) return found;
      // oxlint-disable-next-line no-await-in-loop -- one datagram after the other
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }
}

let clock: ManualClock;
let path: UdpPath;
let client: Datagrams;
let server: Datagrams;

beforeEach(async () => {
  clock = new ManualClock();
  [client, server] = [await Datagrams.open(), await Datagrams.open()];
});

afterEach(async () => {
  client.socket.close();
  server.socket.close();
  await path.close();
  expect(clock.pending).toBe(0);
  await untilOpenSockets(0);
});

/** A path whose ends have met; returns where the server sees the client. */
async function open(options: UdpPathOptions = {}): Promise<number> {
  path = await UdpPath.open({ clock, ...options });
  path.leadTo(server.place);
  client.send('first', path.port);
  const { port } = await server.heard('first');
  return port;
}

describe('a UDP path', () => {
  it('carries datagrams both ways; the server sees a port of the path', async () => {
    const passed: [Towards, string][] = [];
    const outside = await open({ passed: (towards, bytes) => passed.push([towards, bytes.toString()]) });
    expect([client.place.port, path.port]).not.toContain(outside);
    server.send('back', outside);
    expect((await client.heard('back')).port).toBe(path.port);
    expect(path.carried).toEqual({ server: 1, client: 1 });
    expect(passed).toEqual([
      ['server', 'first'],
      ['client', 'back'],
    ]);
  });

  it('shows each sender under a port of its own and answers the right one', async () => {
    const outside = await open();
    const other = await Datagrams.open();
    other.send('other', path.port);
    const { port } = await server.heard('other');
    expect(port).not.toBe(outside);
    server.send('to other', port);
    server.send('to client', outside);
    await Promise.all([other.heard('to other'), client.heard('to client')]);
    expect([other.texts, client.texts]).toEqual([['to other'], ['to client']]);
    other.socket.close();
  });

  it.each<Towards>(['server', 'client'])(
    'silent towards the %s swallows in that direction alone',
    async (towards) => {
      const outside = await open();
      const [swallowed, heard] = towards === 'server' ? [server, client] : [client, server];
      path.silence({ towards });
      client.send('up', path.port);
      server.send('down', outside);
      await heard.heard(towards === 'server' ? 'down' : 'up');
      await expect.poll(() => path.lost[towards]).toBe(1);
      path.heal();
      client.send('up again', path.port);
      server.send('down again', outside);
      await Promise.all([server.heard('up again'), client.heard('down again')]);
      expect(swallowed.texts).not.toContain(towards === 'server' ? 'up' : 'down');
    },
  );

  it('delays in one direction, and leaves nothing behind when it is closed before', async () => {
    const outside = await open();
    path.change({ delayMs: 150 }, { towards: 'client' });
    client.send('at once', path.port);
    await server.heard('at once');
    server.send('late', outside);
    await expect.poll(() => clock.pending).toBe(1);
    clock.advance(149);
    expect(path.carried.client).toBe(0);
    clock.advance(1);
    await client.heard('late');
    server.send('too late', outside);
    await expect.poll(() => clock.pending).toBe(1);
  });

  it('loses its share, and the same datagrams for the same seed', async () => {
    const survivors = async (seed: number): Promise<string[]> => {
      await path?.close();
      const before = server.seen.length;
      path = await UdpPath.open({ seed, loss: 0.2 });
      path.leadTo(server.place);
      for (let n = 0; n < 200; n += 1) client.send(`${n}`, path.port);
      await expect.poll(() => path.lost.server + server.seen.length - before).toBe(200);
      return server.texts.slice(before);
    };
    const [first, again, other] = [await survivors(5), await survivors(5), await survivors(6)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first.length).toBeGreaterThan(140);
    expect(first.length).toBeLessThan(180);
  });

  it('after a rebinding shows a new port, and what is sent to the old one vanishes without a word', async () => {
    const before = await open();
    path.rebind();
    client.send('still me', path.port);
    const { port: after } = await server.heard('still me');
    expect(after).not.toBe(before);
    server.socket.on('error', (error) => expect.fail(error.message));
    server.send('to the old port', before);
    server.send('to the new port', after);
    await client.heard('to the new port');
    await expect.poll(() => path.lost.client).toBe(1);
    expect(client.texts).toEqual(['to the new port']);
  });
});
