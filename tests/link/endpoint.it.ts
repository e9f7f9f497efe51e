import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { presentFault } from '../../shared/link/present-fault.ts';
import { linkStage } from './link-stage.ts';
import { untilOpenSockets } from './open-sockets.ts';
import { agreeable, sketch } from './scripted-runner.ts';

const { runnerThat, newLink } = linkStage();

describe('"Test connection"', () => {
  it('reports pipelines, capabilities and round trip, and leaves', async () => {
    const runner = await runnerThat({
      greet: (peer) => peer.send({ type: 'ready', capabilities: ['frames'] }),
    });
    const report = await newLink().host.test({
      url: `127.0.0.1:${runner.port}`,
      token: ' open sesame\n',
      userId: 'someone',
    });
    expect(report).toEqual({
      ok: true,
      value: { rttMs: expect.any(Number) as number, pipelines: [sketch], capabilities: ['frames'] },
    });
    const peer = runner.peers[0]!;
    expect(peer.upgrade.headers.authorization).toBe('Bearer open sesame');
    // A runner answers nobody who has not said who they are.
    expect(peer.received.map(({ type }) => type)).toEqual(expect.arrayContaining(['set_user_id', 'api']));
    expect(peer.received.find(({ type }) => type !== 'ping')).toMatchObject({ user_id: 'someone' });
    expect(await peer.closed).toBe(1000);
    await untilOpenSockets(1);
  });

  it('asks over the open connection when the link is live there: a runner may have one slot only', async () => {
    let isTaken = false;
    const runner = await runnerThat({
      greet(peer) {
        if (isTaken) peer.socket.close(1013);
        else peer.send({ type: 'ready' });
        isTaken = true;
      },
    });
    const link = newLink();
    link.start(runner.url);
    await link.phase('live');
    expect(await link.host.test({ url: runner.url, token: null, userId: 'someone' })).toMatchObject({
      ok: true,
      value: { pipelines: [sketch] },
    });
    expect(runner.peers).toHaveLength(1);
    expect(
      await link.host.test({ url: runner.url, token: 'another token', userId: 'someone' }),
    ).toMatchObject({
      problem: { kind: 'no-free-slot' },
    });
  });

  it('names an address that cannot be used without dialling', async () => {
    expect(
      await newLink().host.test({ url: 'ws://example.com/ws', token: null, userId: 'someone' }),
    ).toMatchObject({
      ok: false,
      problem: { kind: 'invalid-endpoint' },
    });
  });

  it('says when the connection is lost in the middle of it', async () => {
    const runner = await runnerThat({
      answer: (_message, peer) => {
        peer.socket.close(1012, 'restart');
        return null;
      },
    });
    const outcome = await newLink().host.test({ url: runner.url, token: null, userId: 'someone' });
    expect(outcome).toEqual({ ok: false, problem: { kind: 'closed', code: 1012, reason: 'restart' } });
  });

  it('gives wrong URL, refused port, bad token and HTTP instead of WebSocket a message each', async () => {
    let status = 200;
    const http = createServer((_request, response) => response.writeHead(status).end('<html>'));
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const { port } = http.address() as AddressInfo;
    const { host } = newLink();
    const titleOf = async (url: string): Promise<string> => {
      const outcome = await host.test({ url, token: null, userId: 'someone' });
      return outcome.ok ? 'fine' : presentFault(outcome.problem).title;
    };
    const titles = [await titleOf('ftp://127.0.0.1'), await titleOf(`http://127.0.0.1:${port}/index.html`)];
    status = 401;
    titles.push(await titleOf(`ws://127.0.0.1:${port}/ws`));
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
    titles.push(await titleOf(`ws://127.0.0.1:${port}/ws`));
    expect(titles).toEqual([
      'This address cannot be used',
      'There is no runner at this address',
      'The runner refused the token',
      'Nothing is listening at this address',
    ]);
  });
});

describe('the token', () => {
  it('S10: appears in no status, history, notice, runner’s line or log, even if the runner repeats it', async () => {
    const token = 'correct-horse-battery';
    const runner = await runnerThat({
      greet: (peer) => {
        peer.send({ type: 'logs', lines: [`token is ${token}`] });
        peer.send({ type: 'ready' });
        peer.send({ type: 'error', error: `bad ${token}`, code: 'PIPELINE_FAILED' });
        peer.send({ type: token });
      },
      answer: (message, peer) => {
        if (message.type !== 'offer') return agreeable(message, peer);
        return { type: 'error', error: `Offer failed for ${token}`, detail: token };
      },
    });
    const link = newLink();
    link.start(runner.url, { token, name: `runner of ${token}` });
    await link.phase('failed');
    const told = JSON.stringify([link.events, link.logged, link.host.status()]);
    expect(told).toContain('•••');
    expect(told).not.toContain(token);
    const report = await link.host.test({ url: runner.url, token, userId: 'someone' });
    expect(JSON.stringify([report, link.logged])).not.toContain(token);
  });

  it('S10: an address with a password in it is not shown with it', async () => {
    const link = newLink();
    link.start('wss://me:hunter22@example.com/ws?token=hunter22');
    await link.phase('failed');
    expect(JSON.stringify([link.events, link.logged, link.host.status()])).not.toContain('hunter22');
  });

  it('A33: refused once, is not tried again by itself, but a start with another is', async () => {
    const asked: (string | undefined)[] = [];
    const runner = await runnerThat();
    const guard = createServer();
    guard.on('upgrade', (request, socket) => {
      asked.push(request.headers.authorization);
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
    guard.listen(0, '127.0.0.1');
    await once(guard, 'listening');
    const link = newLink();
    link.start(`ws://127.0.0.1:${(guard.address() as AddressInfo).port}/ws`, { token: 'wrong' });
    const { fault, nextAttemptAt } = await link.phase('failed');
    expect({ fault, nextAttemptAt }).toEqual({
      fault: { kind: 'unauthorised', status: 401 },
      nextAttemptAt: null,
    });
    link.host.retryNow();
    expect(link.host.status().state.phase).toBe('failed');
    expect(asked).toEqual(['Bearer wrong']);
    link.start(runner.url, { token: 'right' });
    await link.phase('live');
    await new Promise((resolve) => guard.close(resolve));
  });
});
