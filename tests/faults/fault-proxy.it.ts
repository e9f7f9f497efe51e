import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { windowBytes, type Towards } from '../../scripts/drive/fault-proxy/faults.ts';
import { ProxyRig } from './proxy-rig.ts';
import { untilQuiet } from './quiet-sockets.ts';

let rig: ProxyRig;

beforeEach(async () => {
  rig = await ProxyRig.open();
});

afterEach(() => rig.close());

describe('a path without faults', () => {
  it('carries bytes both ways and the end of each stream, counts them, and tells of them', async () => {
    const passed: [Towards, string][] = [];
    await rig.start({ passed: (towards, bytes) => passed.push([towards, bytes.toString()]) });
    const { client, server } = await rig.connected();
    client.write('hello');
    await untilQuiet();
    server.socket.end('well, hello');
    await untilQuiet();
    client.socket.end('bye');
    await untilQuiet();
    expect([server.seen, client.seen]).toEqual(['hellobye<end>', 'well, hello<end>']);
    expect(rig.proxy.carried).toEqual({ server: 8, client: 11 });
    expect(passed).toEqual([
      ['server', 'hello'],
      ['client', 'well, hello'],
      ['server', 'bye'],
    ]);
    expect([rig.proxy.accepted, rig.proxy.open]).toEqual([1, 0]);
  });

  it('passes a reset on', async () => {
    await rig.start();
    const { client, server } = await rig.connected();
    client.socket.resetAndDestroy();
    await untilQuiet();
    expect(server.seen).toBe('<ECONNRESET>');
  });

  it('resets who dials a target that is not there', async () => {
    await rig.start();
    await rig.target.close();
    const client = rig.dial();
    await untilQuiet();
    expect(client.seen).toBe('<ECONNRESET>');
  });

  it('lets a sender wait when the receiver does not read', async () => {
    await rig.start();
    const { client, server } = await rig.connected();
    server.socket.pause();
    const flood = Buffer.alloc(64 * windowBytes);
    client.socket.write(flood);
    // Every buffer on the way fills up; then nobody reads any more.
    let before = -1;
    while (client.socket.bytesWritten - client.socket.writableLength !== before) {
      before = client.socket.bytesWritten - client.socket.writableLength;
      for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(client.socket.writableLength).toBeGreaterThan(flood.length / 2);
    server.socket.removeAllListeners('data').resume();
    await untilQuiet();
    expect(server.socket.bytesRead).toBe(flood.length);
  });
});

describe('delay', () => {
  it.each<[Towards, number, number]>([
    ['server', 150, 0],
    ['client', 0, 150],
  ])('towards the %s is suffered in that direction alone', async (towards, there, back) => {
    await rig.start();
    rig.proxy.change({ delayMs: 150 }, { towards });
    const { client, server } = await rig.connected();
    client.write('ping');
    await rig.time.pass(Math.max(there - 1, 0));
    expect(server.seen).toBe(there === 0 ? 'ping' : '');
    await rig.time.pass(1);
    expect(server.seen).toBe('ping');
    server.write('pong');
    await rig.time.pass(Math.max(back - 1, 0));
    expect(client.seen).toBe(back === 0 ? 'pong' : '');
    await rig.time.pass(1);
    expect(client.seen).toBe('pong');
  });

  it('is also suffered by the start and the end of a connection', async () => {
    await rig.start({ delayMs: 100, endDelayMs: 1_000 });
    const client = rig.dial();
    await rig.time.pass(99);
    expect(rig.target.ends).toEqual([]);
    await rig.time.pass(1);
    const [server] = rig.target.ends;
    client.socket.end('last words');
    await rig.time.pass(100);
    expect(server!.seen).toBe('last words');
    await rig.time.pass(999);
    expect(server!.seen).toBe('last words');
    await rig.time.pass(1);
    expect(server!.seen).toBe('last words<end>');
  });

  it('that is taken back does not let later bytes overtake', async () => {
    await rig.start();
    const { client, server } = await rig.connected();
    rig.proxy.change({ delayMs: 500 });
    client.write('1');
    await untilQuiet();
    rig.proxy.change({ delayMs: 0 });
    client.write('2');
    await rig.time.pass(499);
    expect(server.seen).toBe('');
    await rig.time.pass(1);
    expect(server.seen).toBe('12');
  });
});

describe('loss', () => {
  const count = 200;
  const everyMs = 50;

  /** How late each of many messages arrived towards the server on the second of two connections, and the others. */
  async function lateness(seed: number): Promise<number[][]> {
    await rig.start({ seed });
    const ends = [await rig.connected(), await rig.connected()].flatMap(({ client, server }) => [
      { from: client, to: server, late: [] as number[] },
      { from: server, to: client, late: [] as number[] },
    ]);
    rig.proxy.change({ loss: 0.2 });
    const start = rig.time.now();
    for (const { to, late } of ends)
      to.socket.on('data', (bytes: Buffer) => {
        for (const text of bytes.toString().match(/\d+/g) ?? [])
          late.push(rig.time.now() - start - Number(text) * everyMs);
      });
    for (let n = 0; n < count; n += 1) {
      for (const { from } of ends) from.write(`${n},`);
      await rig.time.pass(everyMs);
    }
    await rig.time.pass(60_000);
    for (const { to } of ends) expect(to.seen).toBe(`${[...Array(count).keys()].join(',')},`);
    await rig.proxy.close();
    return ends.map(({ late }) => late);
  }

  it('delays by retransmission, keeps the order, and is the same for the same seed', async () => {
    const [first, again, other] = [await lateness(7), await lateness(7), await lateness(8)];
    expect(again).toEqual(first);
    // Neither connections nor directions share their fate.
    expect(new Set([...first, ...other].map(String)).size).toBe(8);
    for (const late of first) {
      expect(late.filter((ms) => ms > 0).length).toBeGreaterThan(count * 0.2);
      // Sums of 200, 400, 800, …, or the wait for such a one before it.
      expect(late.every((ms) => ms >= 0 && ms % everyMs === 0)).toBe(true);
      expect(late.find((ms) => ms > 0)! % 200).toBe(0);
    }
  });

  it('of the first packet of a connection takes a second to mend', async () => {
    const waits = new Set<number>();
    await rig.start({ loss: 0.5, seed: 3 });
    for (let n = 0; n < 8; n += 1) {
      const from = rig.time.now();
      rig.dial();
      await rig.time.pass(0);
      while (rig.target.ends.length === n) await rig.time.pass(100);
      waits.add(rig.time.now() - from);
    }
    expect(waits.size).toBeGreaterThan(1);
    for (const waited of waits) expect([0, 1_000, 3_000, 7_000, 15_000]).toContain(waited);
  });
});

describe('a stall', () => {
  it('holds everything back, then delivers it in order; new connections wait as well', async () => {
    await rig.start();
    const { client, server } = await rig.connected();
    rig.proxy.stall(4_000);
    client.write('1');
    server.write('a');
    await rig.time.pass(2_000);
    client.socket.end('2');
    rig.dial();
    await rig.time.pass(1_999);
    expect([server.seen, client.seen, rig.target.ends.length]).toEqual(['', '', 1]);
    await rig.time.pass(1);
    expect([server.seen, client.seen, rig.target.ends.length]).toEqual(['12<end>', 'a', 2]);
  });

  it('ends early when the path heals', async () => {
    await rig.start();
    const { client, server } = await rig.connected();
    rig.proxy.stall(4_000);
    client.write('1');
    await rig.time.pass(1_000);
    rig.proxy.heal();
    await untilQuiet();
    expect(server.seen).toBe('1');
  });
});

describe('closing', () => {
  it('leaves no timer and no socket, whatever is under way', async () => {
    await rig.start({ delayMs: 1_000, idleCut: { afterMs: 3_600_000, manner: 'reset' } });
    const { client, server } = await rig.connected();
    client.write('on its way');
    server.write('on its way');
    rig.dial();
    await untilQuiet();
    expect(rig.time.pending).toBeGreaterThan(3);
    // The rig's own end closes the proxy and counts what is left.
  });
});
