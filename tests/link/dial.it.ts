import { once } from 'node:events';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { CipherContext } from 'werift';
import type { WebSocket } from 'ws';
import { afterEach, describe, expect, it } from 'vitest';
import { linkDefaults } from '../../main/link/defaults.ts';
import { systemClock } from '../../main/link/clock.ts';
import { dial } from '../../main/link/dial.ts';
import type { Fault } from '../../shared/link/fault.ts';
import { ManualClock } from './manual-clock.ts';
import { untilOpenSockets } from './open-sockets.ts';

const sockets = new Set<Socket>();
const servers: Server[] = [];

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listen(server: Server): Promise<number> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    // A peer that cuts the connection is what these tests are about.
    socket.on('error', () => sockets.delete(socket));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const http = (answer: RequestListener): Promise<number> => listen(createHttp(answer));

async function faultOf(url: string, clock = systemClock): Promise<Fault | null> {
  const { socket, opened } = dial({ url, token: null, clock, settings: linkDefaults });
  const outcome = await opened;
  socket.terminate();
  return outcome.ok ? null : outcome.problem;
}

/** Unlike `once`, not upset by the error that comes first. */
const closeOf = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve) => socket.once('close', resolve));

async function certificate(): Promise<{ cert: string; key: string }> {
  // SHA-256 with ECDSA, curve P-256.
  const { certPem, keyPem } = await CipherContext.createSelfSignedCertificateWithKey(
    { hash: 4, signature: 3 },
    23,
  );
  return { cert: certPem, key: keyPem };
}

describe('dialling', () => {
  it('A12: gives a hung server 10 s for the handshake and no more', async () => {
    const clock = new ManualClock();
    const server = createTcp();
    const port = await listen(server);
    const { socket, opened } = dial({
      url: `ws://127.0.0.1:${port}/ws`,
      token: null,
      clock,
      settings: linkDefaults,
    });
    const gone = closeOf(socket);
    const [accepted] = (await once(server, 'connection')) as [Socket];
    accepted.resume();
    const cut = once(accepted, 'close');
    clock.advance(9_999);
    expect(socket.readyState).toBe(socket.CONNECTING);
    clock.advance(1);
    expect(await opened).toEqual({ ok: false, problem: { kind: 'handshake-timeout' } });
    await Promise.all([gone, cut]);
    expect(clock.pending).toBe(0);
  });

  it('A12: is not held up by a server that dribbles its answer', async () => {
    const clock = new ManualClock();
    const server = createTcp((socket) => socket.write('HTTP/1.1 101 Switching'));
    const port = await listen(server);
    const { opened } = dial({ url: `ws://127.0.0.1:${port}/ws`, token: null, clock, settings: linkDefaults });
    await once(server, 'connection');
    clock.advance(10_000);
    expect(await opened).toMatchObject({ problem: { kind: 'handshake-timeout' } });
  });

  it('says that a port is refused', async () => {
    const server = createTcp();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    servers.pop();
    expect(await faultOf(`ws://127.0.0.1:${port}/ws`)).toEqual({ kind: 'unreachable', code: 'ECONNREFUSED' });
    expect(await faultOf(`ws://localhost:${port}/ws`)).toEqual({ kind: 'unreachable', code: 'ECONNREFUSED' });
  });

  it.each<[number, Fault]>([
    [200, { kind: 'not-a-runner', status: 200 }],
    [302, { kind: 'not-a-runner', status: 302 }],
    [401, { kind: 'unauthorised', status: 401 }],
    [403, { kind: 'unauthorised', status: 403 }],
    [404, { kind: 'not-a-runner', status: 404 }],
    [426, { kind: 'not-a-runner', status: 426 }],
    [429, { kind: 'unavailable', status: 429 }],
    [503, { kind: 'unavailable', status: 503 }],
  ])('makes of status %i what it means', async (status, fault) => {
    const port = await http((_request, response) => {
      response
        .writeHead(status, { 'content-type': 'text/html', location: 'http://127.0.0.1:1/' })
        .end('<html>');
    });
    expect(await faultOf(`ws://127.0.0.1:${port}/ws`)).toEqual(fault);
  });

  it('knows another protocol for no runner', async () => {
    const port = await listen(createTcp((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n')));
    expect(await faultOf(`ws://127.0.0.1:${port}/ws`)).toEqual({ kind: 'not-a-runner', status: null });
  });

  it('says that a connection was cut during the handshake', async () => {
    const port = await listen(createTcp((socket) => socket.resetAndDestroy()));
    expect(await faultOf(`ws://127.0.0.1:${port}/ws`)).toEqual({ kind: 'unreachable', code: 'ECONNRESET' });
  });

  it('tells TLS to a plain port', async () => {
    const port = await http((_request, response) => response.end());
    expect(await faultOf(`wss://127.0.0.1:${port}/ws`)).toEqual({
      kind: 'tls',
      detail: 'What answers there does not speak TLS',
    });
  });

  it('tells a certificate that nobody has signed', async () => {
    const port = await listen(createHttps(await certificate()));
    expect(await faultOf(`wss://127.0.0.1:${port}/ws`)).toMatchObject({
      kind: 'tls',
      detail: expect.stringMatching(/not signed/) as string,
    });
  });

  it('tells plain HTTP to a TLS port', async () => {
    const port = await listen(createHttps(await certificate()));
    const fault = await faultOf(`ws://127.0.0.1:${port}/ws`);
    expect(fault?.kind).toMatch(/^(not-a-runner|unreachable)$/);
  });

  it('leaves no socket behind whatever came back', async () => {
    const port = await http((_request, response) => response.writeHead(503).end());
    const listening = 1;
    await untilOpenSockets(listening);
    for (let i = 0; i < 5; i += 1) {
      const { socket, opened } = dial({
        url: `ws://127.0.0.1:${port}/ws`,
        token: null,
        clock: systemClock,
        settings: linkDefaults,
      });
      const gone = closeOf(socket);
      // oxlint-disable-next-line no-await-in-loop -- one dial after the other
      await Promise.all([opened, gone]);
    }
    expect(sockets.size).toBe(5);
    await untilOpenSockets(listening);
  });

  it('S1: sends the token as a bearer in the upgrade request and follows no redirect with it', async () => {
    const asked: (string | undefined)[] = [];
    const port = await http((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    const url = `ws://127.0.0.1:${port}/ws`;
    const { opened } = dial({ url, token: 'open sesame', clock: systemClock, settings: linkDefaults });
    await opened;
    expect(asked).toEqual(['/ws Bearer open sesame']);
  });
});
