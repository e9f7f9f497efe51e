import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { systemClock } from '../../main/link/clock.ts';
import { linkDefaults } from '../../main/link/defaults.ts';
import { dial } from '../../main/link/dial.ts';
import { createAgentFor } from '../../main/link/proxy-agent.ts';
import { privateCa, signedByPrivateCa } from './fixtures/private-ca.ts';
import { linkStage } from './link-stage.ts';
import { ManualClock } from './manual-clock.ts';
import { untilOpenSockets } from './open-sockets.ts';
import { connectProxy, Opened, socks4Proxy, socks5Proxy } from './proxies.ts';

const opened = new Opened();
let lines: string[] = [];
beforeEach(() => void (lines = []));
afterEach(() => opened.closeAll());

const noted = (_level: string, text: string): void => void lines.push(text);

/** A server that takes WebSockets; `tokens` are those that arrived. */
async function runner(server: Server): Promise<{ port: number; tokens: (string | undefined)[] }> {
  const tokens: (string | undefined)[] = [];
  new WebSocketServer({ server: server as ReturnType<typeof createHttp> }).on(
    'connection',
    (_socket, request) => {
      tokens.push(request.headers.authorization);
    },
  );
  return { port: await opened.listen(server), tokens };
}

/** Dials by the way that the system's answer gives. `gpu.internal` exists only for those who ask a proxy. */
async function dialBy(
  answer: string,
  url: string,
  agentFor = createAgentFor(() => Promise.resolve(answer), noted),
) {
  const agent = await agentFor(url);
  const dialling = dial({ url, token: 'sesame', agent, clock: systemClock, settings: linkDefaults });
  const outcome = await dialling.opened;
  const closed = new Promise((resolve) => dialling.socket.once('close', resolve));
  dialling.socket.terminate();
  if (outcome.ok) await closed;
  return outcome;
}

/** A port on which nothing listens. */
async function refusingPort(): Promise<number> {
  const server = createTcp();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('A67: the system’s proxy', () => {
  it.each([
    ['PROXY', connectProxy],
    ['SOCKS5', socks5Proxy],
  ] as const)('%s is gone through, and it looks up the name', async (word, makeProxy) => {
    const { port, tokens } = await runner(createHttp());
    const proxy = await makeProxy(opened);
    const url = `ws://gpu.internal:${port}/ws`;
    expect(await dialBy(`${word} 127.0.0.1:${proxy.port}`, url)).toEqual({ ok: true, value: null });
    expect(proxy.asked).toEqual([`gpu.internal:${port}`]);
    expect(tokens).toEqual(['Bearer sesame']);
  });

  it('SOCKS in version 4 is given an address', async () => {
    const { port, tokens } = await runner(createHttp());
    const proxy = await socks4Proxy(opened);
    // Nobody has this address: who goes there directly fails.
    const answer = `SOCKS 127.0.0.1:${proxy.port}`;
    const agentFor = createAgentFor(() => Promise.resolve(answer), noted);
    expect(await dialBy(answer, `ws://10.255.255.1:${port}/ws`, agentFor)).toMatchObject({ ok: true });
    expect(proxy.asked).toEqual([`10.255.255.1:${port}`]);
    expect(tokens).toEqual(['Bearer sesame']);
  });

  it.each([
    ['PROXY', connectProxy],
    ['SOCKS5', socks5Proxy],
  ] as const)('%s carries TLS that ends at the runner', async (word, makeProxy) => {
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, privateCa]);
    try {
      const { port, tokens } = await runner(createHttps(signedByPrivateCa));
      const proxy = await makeProxy(opened);
      const answer = `${word} 127.0.0.1:${proxy.port}`;
      expect(await dialBy(answer, `wss://runner.internal:${port}/ws`)).toMatchObject({ ok: true });
      expect(tokens).toEqual(['Bearer sesame']);
      // The certificate is for another name.
      expect(await dialBy(answer, `wss://gpu.internal:${port}/ws`)).toMatchObject({
        problem: { kind: 'tls', detail: 'The certificate is for another host name' },
      });
      expect(tokens).toHaveLength(1);
    } finally {
      setDefaultCACertificates(before);
    }
  });

  it('can itself be reached by TLS', async () => {
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, privateCa]);
    try {
      const { port, tokens } = await runner(createHttp());
      const proxy = await connectProxy(opened, 200, createHttps(signedByPrivateCa));
      expect(await dialBy(`HTTPS 127.0.0.1:${proxy.port}`, `ws://gpu.internal:${port}/ws`)).toMatchObject({
        ok: true,
      });
      expect(tokens).toEqual(['Bearer sesame']);
    } finally {
      setDefaultCACertificates(before);
    }
  });

  it('is asked about an http address and never about this machine', async () => {
    const { port, tokens } = await runner(createHttp());
    const asked: string[] = [];
    const agentFor = createAgentFor((url) => {
      asked.push(url);
      return Promise.resolve('PROXY 127.0.0.1:1');
    }, noted);
    expect(await agentFor('wss://gpu.example/ws')).toBeDefined();
    expect(await agentFor('ws://gpu.internal:8080/ws')).toBeDefined();
    expect(asked).toEqual(['https://gpu.example/ws', 'http://gpu.internal:8080/ws']);
    expect(await dialBy('', `ws://127.0.0.1:${port}/ws`, agentFor)).toMatchObject({ ok: true });
    expect(asked).toHaveLength(2);
    expect(tokens).toHaveLength(1);
  });

  it('that cannot be reached makes room for the next, which is then tried first', async () => {
    const { port } = await runner(createHttp());
    const proxy = await connectProxy(opened);
    const gone = await refusingPort();
    const answer = `PROXY 127.0.0.1:${gone}; PROXY 127.0.0.1:${proxy.port}`;
    const agentFor = createAgentFor(() => Promise.resolve(answer), noted);
    const url = `ws://gpu.internal:${port}/ws`;
    expect(await dialBy(answer, url, agentFor)).toMatchObject({ ok: true });
    expect(lines.filter((line) => line.includes('not reached'))).toHaveLength(1);
    expect(await dialBy(answer, url, agentFor)).toMatchObject({ ok: true });
    expect(lines.filter((line) => line.includes('not reached'))).toHaveLength(1);
  });

  it('that is the only one and cannot be reached is not mistaken for the runner', async () => {
    const answer = `PROXY 127.0.0.1:${await refusingPort()}`;
    expect(await dialBy(answer, 'ws://gpu.internal/ws')).toEqual({
      ok: false,
      problem: { kind: 'unreachable', code: 'PROXY_UNREACHABLE' },
    });
  });

  it.each([
    [407, 'PROXY_AUTHENTICATION_REQUIRED'],
    [403, 'PROXY_REFUSED'],
    [502, 'PROXY_REFUSED'],
  ])('that answers %i is believed: nothing goes around it', async (status, code) => {
    const [proxy, second] = [await connectProxy(opened, status), await connectProxy(opened)];
    const answer = `PROXY 127.0.0.1:${proxy.port}; PROXY 127.0.0.1:${second.port}`;
    expect(await dialBy(answer, 'ws://gpu.internal:4000/ws')).toEqual({
      ok: false,
      problem: { kind: 'unreachable', code },
    });
    expect(second.asked).toEqual([]);
  });

  it('that refuses by SOCKS is told apart too', async () => {
    const proxy = await socks5Proxy(opened, 2);
    expect(await dialBy(`SOCKS5 127.0.0.1:${proxy.port}`, 'ws://gpu.internal:4000/ws')).toEqual({
      ok: false,
      problem: { kind: 'unreachable', code: 'PROXY_REFUSED' },
    });
  });

  it.each(['PROXY', 'SOCKS5'])('A12: a hung %s has 10 s and leaves nothing behind', async (word) => {
    const clock = new ManualClock();
    const proxy = createTcp((socket) => void socket.resume());
    const port = await opened.listen(proxy);
    await untilOpenSockets(1);
    const agent = await createAgentFor(
      () => Promise.resolve(`${word} 127.0.0.1:${port}`),
      noted,
      clock,
    )('ws://gpu.internal:4000/ws');
    const { socket, opened: outcome } = dial({
      url: 'ws://gpu.internal:4000/ws',
      token: null,
      agent,
      clock,
      settings: linkDefaults,
    });
    const [accepted] = (await once(proxy, 'connection')) as [Socket];
    const cut = once(accepted, 'close');
    clock.advance(9_999);
    expect(socket.readyState).toBe(socket.CONNECTING);
    clock.advance(1);
    expect(await outcome).toEqual({ ok: false, problem: { kind: 'handshake-timeout' } });
    await cut;
    await untilOpenSockets(1);
    expect(clock.pending).toBe(0);
  });

  it('leaves nothing behind when the dial is given up in the middle', async () => {
    const proxy = await connectProxy(opened, null);
    await untilOpenSockets(1);
    const url = 'ws://gpu.internal:4000/ws';
    const agent = await createAgentFor(() => Promise.resolve(`PROXY 127.0.0.1:${proxy.port}`), noted)(url);
    const { socket, opened: outcome } = dial({
      url,
      token: null,
      agent,
      clock: systemClock,
      settings: linkDefaults,
    });
    await once(proxy.server, 'connect');
    socket.terminate();
    expect(await outcome).toMatchObject({ ok: false });
    await untilOpenSockets(1);
  });
});

describe('A67: a link', () => {
  const { runnerThat, newLink } = linkStage();

  it('goes through the system’s proxy, which is asked for each dial', async () => {
    const behind = await runnerThat();
    const proxy = await connectProxy(opened);
    const asked: string[] = [];
    const link = newLink({
      proxyFor: (url) => {
        asked.push(url);
        return Promise.resolve(`PROXY 127.0.0.1:${proxy.port}`);
      },
    });
    const { port } = new URL(behind.url);
    link.start(`ws://gpu.internal:${port}/ws`);
    await link.phase('live');
    expect(asked).toEqual([`http://gpu.internal:${port}/ws`]);
    expect(proxy.asked).toEqual([`gpu.internal:${port}`]);
    await link.host.stop();
    link.start(`ws://gpu.internal:${port}/ws`);
    await link.phase('live');
    expect(asked).toHaveLength(2);
  });
});

describe('A67: the system’s answer about proxies', () => {
  it.each<[string, () => Promise<string>]>([
    ['an error', () => Promise.reject(new Error('no such session'))],
    ['nonsense', () => Promise.resolve('<html>')],
  ])('that is %s means a direct connection and a line in the log', async (_what, proxyFor) => {
    expect(await createAgentFor(proxyFor, noted)('wss://gpu.example/ws')).toBeUndefined();
    expect(lines).toHaveLength(1);
  });

  it('is waited for 5 s', async () => {
    const clock = new ManualClock();
    const never = new Promise<string>(() => undefined);
    const asked = createAgentFor(() => never, noted, clock)('wss://gpu.example/ws');
    clock.advance(5_000);
    expect(await asked).toBeUndefined();
    expect(lines).toEqual(["the system's proxy settings were not there in time"]);
    expect(clock.pending).toBe(0);
  });

  it('that says DIRECT needs no agent', async () => {
    expect(
      await createAgentFor(() => Promise.resolve('DIRECT'), noted)('wss://gpu.example/ws'),
    ).toBeUndefined();
    expect(lines).toEqual([]);
  });
});
