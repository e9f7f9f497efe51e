import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { findRunners } from '../../main/discovery/find-runners.ts';
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
