import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { relaying } from '../../main/relay/defaults.ts';
import { Allocation } from '../../main/relay/transport/turn/allocation.ts';
import { DatagramPath } from '../../main/relay/transport/turn/datagram-path.ts';
import { StreamPath } from '../../main/relay/transport/turn/stream-path.ts';
import { turnServers, type TurnServer as Configured } from '../../main/relay/transport/turn/turn-servers.ts';
import { credentials } from './served-client.ts';
import { TurnRig } from './turn-rig.ts';

const turn = new TurnRig();
afterEach(() => turn.close());

const never = new AbortController().signal;

async function overUdp(server: Configured) {
  const path = await DatagramPath.open(server);
  return { path, allocation: new Allocation(server, path) };
}

describe('an allocation', () => {
  it('that is given up keeps neither its socket nor a request', async () => {
    const silent = await turn.udpSocket();
    const url = `turn:127.0.0.1:${silent.address().port}`;
    const { path, allocation } = await overUdp(turnServers([{ urls: url, ...credentials }])[0]!);
    const giveUp = new AbortController();
    const made = allocation.allocate(giveUp.signal);
    await once(silent, 'message');
    const [request] = Object.values(allocation.transactions);
    giveUp.abort(new Error('not wanted any more'));
    await expect(made).rejects.toThrow('not wanted any more');
    expect(path.closed).toBe(true);
    expect(request).toMatchObject({ ended: true });
  });

  it('that is not wanted before it is asked for is not asked for', async () => {
    const server = await turn.startServer();
    const { allocation } = await overUdp(turnServers([server.iceServer])[0]!);
    await expect(allocation.allocate(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    expect(server.refusals).toEqual([]);
  });

  it('fails at once when the stream to the server ends', async () => {
    const held = Promise.withResolvers<void>();
    const server = await turn.startServer({ transport: 'tcp', hold: () => held.promise });
    const [configured] = turnServers([server.iceServer]);
    const allocation = new Allocation(configured!, await StreamPath.open(configured!, never));
    const made = allocation.allocate(never);
    await server.until(() => server.count('allocate') === 1);
    server.dropClients();
    await expect(made).rejects.toThrow(/closed the connection|ECONNRESET/);
    held.resolve();
  });

  it('is given back once, however often it is closed', async () => {
    const server = await turn.startServer();
    const { allocation } = await overUdp(turnServers([server.iceServer])[0]!);
    await allocation.allocate(never);
    await Promise.all([allocation.close(), allocation.close()]);
    expect(server.count('refresh')).toBe(1);
    expect(server.allocations).toBe(0);
  });
});

describe('the way to a TURN server', () => {
  it('over UDP hears nobody but the server', async () => {
    const server = await turn.startServer();
    const path = await DatagramPath.open({ host: '127.0.0.1', port: server.port });
    const heard: string[] = [];
    const last = new Promise<void>((resolve) => {
      path.onData = (packet) => {
        heard.push(packet.toString());
        if (packet.toString() === 'server') resolve();
      };
    });
    const stranger = await turn.udpSocket();
    const { port } = path.address;
    await new Promise((resolve) => stranger.send('stranger', port, '127.0.0.1', resolve));
    server.sendFrom('server', port);
    await last;
    expect(heard).toEqual(['server']);
    await path.close();
  });

  it('over TCP loses what would wait too long, instead of keeping it', async () => {
    const server = await turn.startServer({ transport: 'tcp' });
    const [configured] = turnServers([server.iceServer]);
    const path = await StreamPath.open(configured!, never);
    await server.until(() => server.connections === 1);
    server.stopReading();
    const packet = Buffer.alloc(64 * 1024);
    // More than the kernels on both sides hold, by far.
    for (let i = 0; i < 1000; i++) await path.send(packet);
    expect(path.backlog).toBeGreaterThan(relaying.backlogBytes);
    expect(path.backlog).toBeLessThanOrEqual(relaying.backlogBytes + packet.length);
    await path.close();
  });
});
