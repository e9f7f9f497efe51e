import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { certificate } from '../../runner/src/config/fixtures/files.ts';
import type { UserQuestion } from '../../runner/src/guard/user-check.ts';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import { startFaultProxy } from '../../scripts/drive/fault-proxy/fault-proxy.ts';
import { goLive } from './go-live.ts';
import { SignallingClient } from './signalling-client.ts';

let runner: Runner;
afterEach(() => runner.close());

describe('TLS', () => {
  it('serves socket and HTTP on the same port', async () => {
    const tls = await certificate();
    runner = await startRunner({ port: 0, logLevel: 'silent', tls });
    expect(runner.url).toMatch(/^wss:/);
    // It is signed by itself, for no host.
    const trust = { rejectUnauthorized: false };
    const client = await SignallingClient.connect(runner.url, trust);
    const video = await goLive(client);
    expect(video.frames).toBeGreaterThan(0);
    const probe = request(`${runner.httpUrl}/health/live`, trust).end();
    const [response] = (await once(probe, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    expect(response.statusCode).toBe(200);
    await client.close();
  });

  it('A8: counts what comes through it as a sign of life', async () => {
    const tls = await certificate();
    runner = await startRunner({ port: 0, logLevel: 'silent', tls, pingIntervalMs: 50 });
    // It is signed by itself, for no host.
    const trust = { rejectUnauthorized: false };
    const client = await SignallingClient.connect(runner.url, trust);
    const pings = Promise.withResolvers<void>();
    let heard = 0;
    client.socket.on('ping', () => {
      heard += 1;
      if (heard === 20) pings.resolve();
    });
    await pings.promise;
    expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    await client.close();
  });
});

describe('the user check', () => {
  let service: Server;
  let answerWith: (question: UserQuestion) => number | Promise<number>;
  const asked: UserQuestion[] = [];

  beforeEach(async () => {
    asked.length = 0;
    service = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const question = JSON.parse(Buffer.concat(chunks).toString()) as UserQuestion;
      asked.push(question);
      response.writeHead(await answerWith(question)).end(() => service.emit('answered'));
    });
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
    const userCheckUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}/check`;
    runner = await startRunner({ port: 0, logLevel: 'silent', userCheckUrl });
  });
  afterEach(() => service.close());

  it('admits whom the service admits, and asks for what is asked meanwhile to wait', async () => {
    answerWith = () => 204;
    const client = await SignallingClient.dial(runner.url);
    client.send({ type: 'set_user_id', user_id: 'ada' });
    // Clients do not wait for `user_id_set`.
    expect(await client.api('GET', '/api/v1/pipelines')).toMatchObject({ type: 'api_response', status: 200 });
    const { connection_id: id } = await client.hear('ready');
    expect(asked).toEqual([{ user_id: 'ada', connection_id: id, address: '127.0.0.1' }]);
    await client.close();
  });

  it('A48: ACCESS_DENIED can be read before the close, through a slow proxy too', async () => {
    answerWith = () => 403;
    const proxy = await startFaultProxy(runner.port, { delayMs: 200 });
    const client = await SignallingClient.dial(runner.url.replace(`${runner.port}`, `${proxy.port}`), {
      headers: { 'linkspan-resume': 'new' },
    });
    client.send({ type: 'set_user_id', user_id: 'mallory' });
    expect(await client.hear('error')).toMatchObject({ error: 'Access denied', code: 'ACCESS_DENIED' });
    expect((await client.closed).code).toBe(4003);
    // Denied is for good: there is nothing to come back to.
    expect(runner.sessions).toBe(0);
    await proxy.close();
  });

  it('A44: what comes out about a connection that was taken over does not touch the session any more', async () => {
    const verdict = Promise.withResolvers<number>();
    answerWith = ({ user_id: user }) => (user === 'mallory' ? verdict.promise : 204);
    const before = await SignallingClient.dial(runner.url, { headers: { 'linkspan-resume': 'new' } });
    const { resume_token: token } = await before.hear('ready');
    before.send({ type: 'set_user_id', user_id: 'mallory' });
    await expect.poll(() => asked.length).toBe(1);
    const after = await SignallingClient.connect(runner.url, { headers: { 'linkspan-resume': token! } });
    expect((await before.closed).code).toBe(4001);
    const answered = once(service, 'answered');
    verdict.resolve(403);
    await answered;
    // The verdict is on its way, and everything that is asked now comes after it.
    for (let round = 0; round < 20; round += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await after.api('GET', '/api/v1/session')).toMatchObject({ data: { user_id: 'test' } });
    }
    await after.close();
  });

  it.each([
    ['fails', 500],
    ['is overloaded', 429],
  ])('denies nobody for good while the service %s', async (_name, status) => {
    answerWith = () => status;
    const client = await SignallingClient.dial(runner.url);
    client.send({ type: 'set_user_id', user_id: 'ada' });
    const error = await client.hear('error');
    expect(error.code).toBeUndefined();
    expect((await client.closed).code).toBe(1013);
  });

  it('cannot be gone round by an offer over HTTP', async () => {
    answerWith = ({ user_id: user }) => (user === 'ada' ? 200 : 403);
    const offer = async (body: object): Promise<number> => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
      const sent = { ...init, body: JSON.stringify({ sdp: 'v=0', type: 'offer', ...body }) };
      return (await fetch(`${runner.httpUrl}/api/v1/webrtc/offer`, sent)).status;
    };
    expect(await offer({})).toBe(403);
    expect(await offer({ user_id: 'mallory' })).toBe(403);
    // Let in, and then told that this is no SDP.
    expect(await offer({ user_id: 'ada' })).toBe(400);
    const client = await SignallingClient.dial(runner.url);
    const { connection_id: connectionId } = await client.hear('ready');
    expect(await offer({ connection_id: connectionId })).toBe(403);
    expect(asked.map(({ connection_id: id }) => id)).toEqual([null, null]);
    await client.close();
  });
});
