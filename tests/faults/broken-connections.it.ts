import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Towards } from '../../scripts/drive/fault-proxy/faults.ts';
import { ProxyRig } from './proxy-rig.ts';
import { untilQuiet } from './quiet-sockets.ts';

let rig: ProxyRig;

beforeEach(async () => {
  rig = await ProxyRig.open();
});

afterEach(() => rig.close());

describe('silence', () => {
  it.each<[Towards, string, string]>([
    ['server', '', 'pong'],
    ['client', 'ping', ''],
  ])('towards the %s swallows in that direction alone, and nobody is told', async (towards, there, back) => {
    await rig.start();
    const { client, server } = await rig.connected();
    rig.proxy.silence({ towards });
    client.write('ping');
    server.write('pong');
    await rig.time.pass(3_600_000);
    expect([server.seen, client.seen]).toEqual([there, back]);
  });

  it('also hides that one end has left or broken', async () => {
    await rig.start();
    const [first, second] = [await rig.connected(), await rig.connected()];
    rig.proxy.silence();
    first.client.socket.resetAndDestroy();
    second.server.socket.end();
    await rig.time.pass(3_600_000);
    expect([first.server.seen, second.client.seen]).toEqual(['', '']);
  });

  it('of open connections leaves new ones alone, and the other way round', async () => {
    await rig.start();
    const old = await rig.connected();
    rig.proxy.silence({ connections: 'open' });
    const young = await rig.connected();
    old.client.write('old');
    young.client.write('young');
    await rig.time.pass(1_000);
    expect([old.server.seen, young.server.seen]).toEqual(['', 'young']);

    rig.proxy.heal();
    rig.proxy.silence({ connections: 'new' });
    old.client.write('er');
    rig.dial().write('nobody hears');
    await rig.time.pass(3_600_000);
    expect(old.server.seen).toBe('older');
    expect(rig.target.ends).toHaveLength(2);
  });

  it('that ends lets through what was sent meanwhile, as TCP does', async () => {
    await rig.start();
    const { client, server } = await rig.connected();
    rig.proxy.silence();
    client.write('patience');
    await rig.time.pass(10_000);
    rig.proxy.heal();
    await untilQuiet();
    expect(server.seen).toBe('patience');
  });
});

describe('a router', () => {
  it('that cuts idle connections resets both ends, and leaves alone what carries anything either way', async () => {
    await rig.start({ idleCut: { afterMs: 60_000, manner: 'reset' } });
    const client = rig.dial();
    await untilQuiet();
    const [server] = rig.target.ends;
    for (let minute = 0; minute < 10; minute += 1) {
      await rig.time.pass(59_999);
      (minute % 2 === 0 ? client : server!).write('.');
    }
    await rig.time.pass(59_999);
    expect([client.seen, server!.seen]).toEqual(['.....', '.....']);
    await rig.time.pass(1);
    expect([client.seen, server!.seen]).toEqual(['.....<ECONNRESET>', '.....<ECONNRESET>']);
  });

  it('that forgets idle connections tells nobody until somebody sends, and then only the sender', async () => {
    await rig.start({ idleCut: { afterMs: 60_000, manner: 'forget' } });
    const client = rig.dial();
    await rig.time.pass(3_600_000);
    const [server] = rig.target.ends;
    expect([client.seen, server!.seen]).toEqual(['', '']);
    client.write('still there?');
    await untilQuiet();
    expect([client.seen, server!.seen]).toEqual(['<ECONNRESET>', '']);
  });

  it('that reboots resets every connection', async () => {
    await rig.start();
    const both = [await rig.connected(), await rig.connected()];
    expect(rig.proxy.cut()).toBe(2);
    await untilQuiet();
    for (const { client, server } of both)
      expect([client.seen, server.seen]).toEqual(['<ECONNRESET>', '<ECONNRESET>']);
    expect(rig.proxy.open).toBe(0);
  });

  it('that loses its table answers the next sender with a reset', async () => {
    await rig.start();
    const { client, server } = await rig.connected();
    expect(rig.proxy.forget()).toBe(1);
    server.write('anyone?');
    await untilQuiet();
    expect([client.seen, server.seen]).toEqual(['', '<ECONNRESET>']);
  });
});

describe('refusal', () => {
  it('keeps open connections, refuses new ones, and ends on the same port', async () => {
    await rig.start();
    const { client, server } = await rig.connected();
    const { port } = rig.proxy;
    rig.proxy.refuse();
    const refused = rig.dial();
    client.write('still here');
    await untilQuiet();
    expect([refused.seen, server.seen]).toEqual(['<ECONNREFUSED>', 'still here']);
    await rig.proxy.accept();
    expect(rig.proxy.port).toBe(port);
    await rig.connected();
  });
});

describe('a half close', () => {
  it('ends one stream and leaves the other open', async () => {
    await rig.start();
    const { client, server } = await rig.connected();
    rig.proxy.finish('client');
    await untilQuiet();
    server.write('too late');
    client.write('still talking');
    await untilQuiet();
    expect([client.seen, server.seen]).toEqual(['<end>', 'still talking']);
  });
});
