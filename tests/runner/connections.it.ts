import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { certificate } from '../../runner/src/config/fixtures/files.ts';
import type { RunnerOptions } from '../../runner/src/config/runner-options.ts';
import { makeServer } from '../../runner/src/http/make-server.ts';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import { watchAccepted } from './accepted-sockets.ts';
import { RawSocket } from './raw-socket.ts';
import { SignallingClient } from './signalling-client.ts';

const getHealth = 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n';
let tls: { cert: string; key: string };
let runner: Runner | null = null;

beforeAll(async () => {
  tls = await certificate();
});

afterEach(async () => {
  await runner?.close();
  runner = null;
});

async function start(options: Partial<RunnerOptions>): Promise<Runner> {
  runner = await startRunner({ port: 0, logLevel: 'silent', slots: 8, ...options });
  return runner;
}

async function open(port: number): Promise<RawSocket> {
  const socket = await RawSocket.open(port);
  onTestFinished(() => socket.close());
  return socket;
}

/** The runner's end is closed, though the client's is not. */
function letGo(end: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (end.closed) resolve();
    else end.once('close', () => resolve());
  });
}

/** The status that an upgrade is answered with. */
async function refusal(url: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  const socket = new WebSocket(url, { headers });
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  response.resume();
  return response.statusCode;
}

describe('S13: connections from one address', () => {
  it('are limited, sockets and requests together, and one more fits when one has gone', async () => {
    const { url, port } = await start({ maxConnectionsPerAddress: 2 });
    const client = await SignallingClient.connect(url);
    const idle = await open(port);
    idle.send(getHealth);
    await idle.hear('200 OK');
    expect(await refusal(url)).toBe(429);
    const asking = await open(port);
    asking.send(getHealth);
    await asking.hear('429 Too Many Requests');
    await asking.hear('Too many connections are open from your address');
    await client.close();
    await expect.poll(() => SignallingClient.connect(url).then((next) => next.close())).toBeUndefined();
    expect(idle.heard).not.toContain('429');
  });

  it('are not limited when the operator says so', async () => {
    const { url } = await start({ maxConnectionsPerAddress: 0 });
    const clients = await Promise.all(Array.from({ length: 8 }, () => SignallingClient.connect(url)));
    await Promise.all(clients.map((client) => client.close()));
  });

  it('are counted by what a trusted proxy says of its clients, by its last word alone', async () => {
    const { url, httpUrl } = await start({ maxConnectionsPerAddress: 2, trustedProxies: ['127.0.0.1'] });
    const from = (address: string): { headers: { 'x-forwarded-for': string } } => ({
      headers: { 'x-forwarded-for': address },
    });
    const mine = [
      await SignallingClient.connect(url, from('203.0.113.5')),
      await SignallingClient.connect(url, from('198.51.100.7, 203.0.113.5')),
    ];
    expect(await refusal(url, from('198.51.100.8, 203.0.113.5').headers)).toBe(429);
    const other = await SignallingClient.connect(url, from('203.0.113.6'));
    // The proxy itself may ask as often as it likes.
    expect((await fetch(`${httpUrl}/health`)).status).toBe(200);
    await Promise.all([...mine, other].map((client) => client.close()));
    const again = await SignallingClient.connect(url, from('203.0.113.5'));
    await again.close();
  });

  it('are counted by the socket when the proxy is not trusted', async () => {
    const { url } = await start({ maxConnectionsPerAddress: 1 });
    const client = await SignallingClient.connect(url);
    expect(await refusal(url, { 'x-forwarded-for': '203.0.113.5' })).toBe(429);
    await client.close();
  });

  it('are limited over TLS too, and told so', async () => {
    const { port } = await start({ maxConnectionsPerAddress: 1, tls });
    const first = await RawSocket.openTls(port);
    const second = await RawSocket.openTls(port);
    await second.hear('429 Too Many Requests');
    await second.closed;
    await first.close();
  });

  it('over TLS that begin no handshake are cut when there are twice as many as there may be', async () => {
    const accepted = watchAccepted();
    const { port } = await start({ maxConnectionsPerAddress: 1, tls });
    const silent = [await open(port), await open(port)];
    const third = await open(port);
    await letGo(accepted.endOf(third.port));
    await Promise.all([letGo(accepted.endOf(silent[0]!.port)), silent[0]!.close()]);
    const client = await RawSocket.openTls(port);
    client.send(getHealth);
    await client.hear('200 OK');
    await client.close();
  });
});

it('S13: a client that was refused and does not hang up is cut', async () => {
  const accepted = watchAccepted();
  const { port } = await start({ maxConnectionsPerAddress: 1 });
  const [astray, tooMany] = [await open(port), await open(port)];
  const upgrade =
    'Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
  astray.send(`GET /nowhere HTTP/1.1\r\n${upgrade}`);
  tooMany.send(`GET /ws HTTP/1.1\r\n${upgrade}`);
  await Promise.all([astray.hear('404 Not Found'), tooMany.hear('429 Too Many Requests')]);
  await Promise.all([astray, tooMany].map((client) => letGo(accepted.endOf(client.port))));
});

describe('S13: a client that takes its time', () => {
  const times = { handshakeMs: 40, requestMs: 60, keepAliveMs: 40, overdueCheckMs: 20 };

  async function serve(withTls: boolean): Promise<number> {
    const { server } = makeServer({
      rules: { tls: withTls ? tls : null, trustedProxies: [], maxConnectionsPerAddress: 0 },
      metrics: { refused: () => undefined },
      report: () => undefined,
      times,
    });
    server.on('request', (_request, response) => response.end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.close();
    });
    return (server.address() as AddressInfo).port;
  }

  it.each([
    ['says nothing', ''],
    ['stops in the middle of its headers', 'GET /health HTTP/1.1\r\nHost: loc'],
    [
      'stops in the middle of its body',
      'POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"a',
    ],
  ])('is cut when it %s', async (_name, text) => {
    const accepted = watchAccepted();
    const client = await open(await serve(false));
    client.send(text);
    await client.hear('408 Request Timeout');
    await letGo(accepted.endOf(client.port));
  });

  it('is cut when its TLS handshake never comes', async () => {
    const accepted = watchAccepted();
    const client = await open(await serve(true));
    await letGo(accepted.endOf(client.port));
  });

  it('is cut when it stops in the middle of its headers over TLS', async () => {
    const client = await RawSocket.openTls(await serve(true));
    client.send('GET /health HTTP/1.1\r\nHost: loc');
    await client.closed;
  });
});
