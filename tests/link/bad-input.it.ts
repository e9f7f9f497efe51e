import { once } from 'node:events';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { VirtualTime } from '../faults/virtual-time.ts';
import { presentFault } from '../../shared/link/present-fault.ts';
import { capable } from './capable.ts';
import { linkStage } from './link-stage.ts';
import type { LinkUnderTest } from './link-under-test.ts';
import { untilOpenSockets } from './open-sockets.ts';
import type { Script } from './scripted-runner.ts';

const { runnerThat, newLink } = linkStage();
const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (answer: RequestListener) => async () => `ws://${await listen(createHttp(answer))}/ws`;
const status = (code: number) => answering((_request, response) => response.writeHead(code).end('<html>'));
const speaking = (speak: (socket: Socket) => void) => async () =>
  `ws://${await listen(createTcp((socket) => speak(socket.on('error', () => undefined).resume())))}/ws`;
const refusedPort = async (): Promise<string> => {
  const place = await listen(createTcp());
  await new Promise((resolve) => servers.pop()!.close(resolve));
  return `ws://${place}/ws`;
};

/** What a user reads, and the promise that it says what to do. */
function textOf(link: LinkUnderTest): string {
  const { state } = link.host.status();
  if (state.phase !== 'failed') return `no fault: ${state.phase}`;
  const { title, advice } = presentFault(state.fault);
  return `${title}. ${advice}`;
}

describe('an endpoint that is none', () => {
  it.each<[string, () => Promise<string>, RegExp]>([
    ['nothing listens', refusedPort, /^Nothing is listening.*Check the port/],
    ['401', status(401), /refused the token\. Enter the token/],
    ['403', status(403), /refused the token\. Enter the token/],
    ['404', status(404), /no runner at this address.*404.*Check port and path/],
    ['503', status(503), /not available at the moment.*503.*try again/],
    ['a web page', status(200), /no runner at this address.*200.*Check port and path/],
    [
      'TLS where there is none',
      async () => (await status(200)()).replace('ws:', 'wss:'),
      /TLS.*write ws:\/\//,
    ],
    [
      'another protocol',
      speaking((socket) => socket.end('220 mail.example.com ESMTP\r\n')),
      /Check the port/,
    ],
    [
      'half a handshake',
      speaking((socket) => socket.write('HTTP/1.1 101 Sw')),
      /in time\. Check host and port/,
    ],
    ['nobody who answers', speaking(() => undefined), /in time\. Check host and port/],
    [
      'a handshake with the wrong key',
      speaking((socket) => socket.once('data', () => wrongKey(socket))),
      /no runner.*Check the port/,
    ],
    ['somebody who hangs up', speaking((socket) => socket.destroy()), /cut while.*Check the port/],
    ['no address', () => Promise.resolve('ws://'), /address cannot be used.*Type host:port/],
    ['a public host without TLS', () => Promise.resolve('ws://example.com/ws'), /Use wss:\/\//],
    ['a token in the address', () => Promise.resolve('wss://h/ws?token=x'), /Leave the token out/],
  ])('%s: says what to do, leaves nothing, and the next runner is reached', async (_name, place, text) => {
    const url = await place();
    const listening = servers.length;
    const time = new VirtualTime();
    const link = newLink({ clock: time });
    link.start(url);
    await time.pass(10_000);
    expect(textOf(link)).toMatch(text);
    expect(link.media.open).toBe(0);
    await link.host.stop();
    expect(time.pending).toBe(0);
    await untilOpenSockets(listening);
    const good = await runnerThat();
    link.start(good.url);
    await time.pass(1_000);
    expect(link.host.status().state.phase).toBe('live');
  });
});

function wrongKey(socket: Socket): void {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n');
  socket.write('Sec-WebSocket-Accept: bm90IHRoZSBrZXk=\r\n\r\n');
}

describe('a runner that greets', () => {
  const greeted = async (greet: Script['greet']) => {
    const time = new VirtualTime();
    const runner = await runnerThat({ greet });
    const link = newLink({ clock: time });
    link.start(runner.url);
    await time.pass(1_000);
    return { time, runner, link };
  };

  it.each<[string, unknown]>([
    ['negative', -5],
    ['zero', 0],
    ['a fraction', 0.5],
    ['for ever', 1e308],
  ])('with a grace that is %s is recovered from like any other', async (_name, grace) => {
    const kind = capable({ ready: () => ({ grace_ms: grace }) });
    let away = false;
    const { time, runner, link } = await greeted((peer) => (away ? peer.socket.close(1013) : kind(peer)));
    expect(link.host.status().state.phase).toBe('live');
    away = true;
    runner.peers[0]!.socket.terminate();
    await time.pass(120_100);
    expect(link.host.status().state).toMatchObject({ phase: 'failed', fault: { kind: 'no-free-slot' } });
    away = false;
    await time.pass(30_000);
    expect(link.host.status().state.phase).toBe('live');
  });

  it.each<[string, Record<string, unknown>]>([
    ['a grace in words', { grace_ms: 'soon' }],
    ['capabilities that are no list', { capabilities: 'all' }],
    ['a token that is a number', { resume_token: 7 }],
  ])('with %s is not understood, and said to be not ready after 180 s', async (_name, more) => {
    const { time, runner, link } = await greeted(capable({ ready: () => more }));
    await time.pass(180_000);
    expect(textOf(link)).toMatch(/did not get ready\. .*Look at its log/);
    expect(link.logged).toContainEqual(expect.stringMatching(/could not be read: ready/));
    expect(await runner.peers[0]!.closed).toBe(1006);
  });

  it('with a resume that nobody asked for is given a session all the same', async () => {
    const { link, runner } = await greeted((peer) => {
      peer.send({ type: 'resumed', session_id: '', media: true });
      peer.send({ type: 'ready' });
    });
    expect(link.host.status().state.phase).toBe('live');
    expect(runner.peers[0]!.said('offer')).toHaveLength(1);
  });

  it.each<[string, Record<string, unknown>]>([
    ['no endpoint', { deadline_ms: 10_000 }],
    ['an endpoint that is less protected', { deadline_ms: 10_000, endpoint: 'ws://203.0.113.9/ws' }],
    ['an endpoint that is none', { deadline_ms: 10_000, endpoint: 'javascript:alert(1)' }],
    ['a deadline that has passed', { deadline_ms: -1 }],
    ['a deadline that never comes', { deadline_ms: 1e308 }],
  ])('and leaves, naming %s: is joined anew where it is', async (_name, goaway) => {
    const { time, runner, link } = await greeted(capable());
    runner.peers[0]!.send({ type: 'goaway', ...goaway });
    await time.pass(5_000);
    expect(link.host.status()).toMatchObject({ state: { phase: 'live' }, endpoint: { url: runner.url } });
    expect(runner.peers).toHaveLength(2);
    expect(await runner.peers[0]!.closed).toBe(1000);
    expect(link.media.open).toBe(1);
  });

  it('and sends more than a frame may hold is left and joined anew, and that is said', async () => {
    const time = new VirtualTime();
    const runner = await runnerThat();
    const link = newLink({ clock: time, settings: { maxFrameBytes: 10_000 } });
    link.start(runner.url);
    await time.pass(1_000);
    runner.peers[0]!.send({ type: 'logs', lines: ['x'.repeat(20_000)] });
    await time.pass(1_000);
    expect(link.states.find(({ phase }) => phase === 'recovering')).toMatchObject({
      fault: { kind: 'protocol', detail: 'Max payload size exceeded' },
    });
    expect(link.host.status().state.phase).toBe('live');
    expect(link.events.filter(({ type }) => type === 'logs')).toEqual([]);
  });
});
