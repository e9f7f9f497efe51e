import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findRunners } from '../../main/discovery/find-runners.ts';
import { privateCa, signedByPrivateCa } from '../link/fixtures/private-ca.ts';
import { RunnerProcess } from '../link/runner-process.ts';

let runner: RunnerProcess;
const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  runner = await RunnerProcess.start(0, ['--slots', '2', '--id', 'found-by-a-test']);
});
afterAll(() => runner.end('SIGTERM'));
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

async function portOf(server: net.Server, host = '127.0.0.1'): Promise<number> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, host);
  await once(server, 'listening');
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}

const webServer = (answer: RequestListener): Promise<number> => portOf(createServer(answer));
const health = { name: 'linkspan-runner', id: 'other', version: '9', slots: { total: 1, free: 1 } };

it('finds a runner, and says what it is', async () => {
  expect(await findRunners([runner.port])).toEqual([
    {
      url: `ws://127.0.0.1:${runner.port}/ws`,
      id: 'found-by-a-test',
      version: expect.stringMatching(/^\d+\./),
      slots: { total: 2, free: 2 },
    },
  ]);
});

it('finds several, each once', async () => {
  const other = await webServer((_request, response) => response.end(JSON.stringify(health)));
  const found = await findRunners([runner.port, other, runner.port]);
  expect(found.map(({ id }) => id)).toEqual(['found-by-a-test', 'other']);
});

it('finds one that listens on IPv6 alone', async (test) => {
  const server = createServer((_request, response) => response.end(JSON.stringify(health)));
  const port = await portOf(server, '::1').catch(() => test.skip('this machine has no IPv6'));
  expect(await findRunners([port])).toMatchObject([{ url: `ws://[::1]:${port}/ws` }]);
});

describe('a runner that serves TLS on this machine', () => {
  const before = getCACertificates('default');
  afterEach(() => setDefaultCACertificates(before));
  const secure = (host?: string): Promise<number> =>
    portOf(
      createTlsServer(signedByPrivateCa, (_request, response) => response.end(JSON.stringify(health))),
      host,
    );

  it('is offered as wss where its certificate is trusted, and else told of with why it is not', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'linkspan-tls-'));
    const [cert, key] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
    await writeFile(cert, signedByPrivateCa.cert);
    await writeFile(key, signedByPrivateCa.key);
    const tlsRunner = await RunnerProcess.start(0, ['--cert', cert, '--key', key, '--id', 'over-tls']);
    closing.push(async () => {
      await tlsRunner.end('SIGTERM');
      await rm(folder, { recursive: true });
    });
    const url = `wss://127.0.0.1:${tlsRunner.port}/ws`;
    expect(await findRunners([tlsRunner.port])).toMatchObject([
      { url, id: 'over-tls', problem: expect.stringContaining('does not trust') as string },
    ]);
    setDefaultCACertificates([...before, privateCa]);
    const [found] = await findRunners([tlsRunner.port]);
    expect(found).toMatchObject({ url, id: 'over-tls' });
    expect(found).not.toHaveProperty('problem');
  });

  it('whose certificate is for another name is told of with that', async (test) => {
    const port = await secure('::1').catch(() => test.skip('this machine has no IPv6'));
    setDefaultCACertificates([...before, privateCa]);
    expect(await findRunners([port])).toMatchObject([
      { id: 'other', problem: expect.stringContaining('runner.internal') as string },
    ]);
  });

  it('is no runner when it does not say so', async () => {
    const port = await portOf(
      createTlsServer(signedByPrivateCa, (_request, response) => response.end('<html>')),
    );
    setDefaultCACertificates([...before, privateCa]);
    expect(await findRunners([port])).toEqual([]);
  });
});

it('takes nobody, a web server, a flood, a stranger and silence for no runner', async () => {
  const closed = await portOf(net.createServer());
  await Promise.all(closing.splice(0).map((close) => close()));
  const flood = JSON.stringify({ ...health, id: 'flood', more: 'x'.repeat(5_000) });
  const ports = [
    closed,
    await webServer((_request, response) => response.end('<html>')),
    await webServer((_request, response) => response.writeHead(404).end(JSON.stringify(health))),
    await webServer((_request, response) => response.end(flood)),
    await portOf(net.createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'))),
    await portOf(net.createServer()),
  ];
  expect(await findRunners(ports, 300)).toEqual([]);
});

it('follows nobody elsewhere', async () => {
  const asked: (string | undefined)[] = [];
  const target = await webServer((request, response) => {
    asked.push(request.url);
    response.end(JSON.stringify(health));
  });
  const port = await webServer((_request, response) =>
    response.writeHead(302, { location: `http://127.0.0.1:${target}/health` }).end(),
  );
  expect(await findRunners([port])).toEqual([]);
  expect(asked).toEqual([]);
});
