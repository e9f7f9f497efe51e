import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import { SignallingClient } from './signalling-client.ts';

const token = 'a-token-for-these-tests';
const allowedOrigin = 'https://console.example.org';
let open: Runner;
let guarded: Runner;

beforeAll(async () => {
  open = await startRunner({ port: 0, logLevel: 'silent' });
  guarded = await startRunner({ port: 0, logLevel: 'silent', token, allowedOrigins: [allowedOrigin] });
});

afterAll(async () => {
  await Promise.all([open.close(), guarded.close()]);
});

/** The answer to an upgrade that is refused. */
async function refusedUpgrade(url: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const socket = new WebSocket(url, { headers });
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  response.resume();
  return response;
}

/** Plain HTTP with headers that `fetch` would not let us set. */
async function status(url: string, headers: Record<string, string>): Promise<number | undefined> {
  const sent = request(url, { headers }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

describe('S13: the token', () => {
  it.each([
    ['no token', {}],
    ['a wrong token', { authorization: 'Bearer a-token-for-these-tesst' }],
    ['a part of it', { authorization: 'Bearer a-token' }],
    ['another scheme', { authorization: `Basic ${token}` }],
  ])('%s: 401 on the upgrade and on HTTP', async (_name, headers: Record<string, string>) => {
    const refused = await refusedUpgrade(guarded.url, headers);
    expect(refused.statusCode).toBe(401);
    expect(refused.headers['www-authenticate']).toBe('Bearer');
    expect(await status(`${guarded.httpUrl}/api/v1/pipelines`, headers)).toBe(401);
  });

  it('opens both with the right token', async () => {
    const headers = { authorization: `Bearer ${token}` };
    const client = await SignallingClient.connect(guarded.url, { headers });
    expect(await status(`${guarded.httpUrl}/api/v1/pipelines`, headers)).toBe(200);
    await client.close();
  });

  it('is not asked of a health probe', async () => {
    expect(await status(`${guarded.httpUrl}/health/live`, {})).toBe(200);
  });

  it('may not be left out beyond loopback', async () => {
    await expect(startRunner({ port: 0, host: '0.0.0.0' })).rejects.toThrow(/--token-file/);
  });
});

describe('S12: browsers', () => {
  it('refuses a page of a foreign origin, by socket and by HTTP', async () => {
    const headers = { origin: 'https://evil.example' };
    expect((await refusedUpgrade(open.url, headers)).statusCode).toBe(403);
    expect(await status(`${open.httpUrl}/health`, headers)).toBe(403);
  });

  it('lets an allowed origin in, which still needs the token', async () => {
    expect((await refusedUpgrade(guarded.url, { origin: allowedOrigin })).statusCode).toBe(401);
    const headers = { origin: allowedOrigin, authorization: `Bearer ${token}` };
    const client = await SignallingClient.dial(guarded.url, { headers });
    await client.hear('ready');
    await client.close();
  });

  it('answers on loopback to names of this machine only', async () => {
    const headers = { host: `rebound.example:${open.port}` };
    expect((await refusedUpgrade(open.url, headers)).statusCode).toBe(403);
    expect(await status(`${open.httpUrl}/health`, headers)).toBe(403);
    expect(await status(`${open.httpUrl}/health`, { host: `localhost:${open.port}` })).toBe(200);
  });
});

describe('a client at the wrong door', () => {
  it('is told that /ws wants a WebSocket', async () => {
    const response = await fetch(`${open.httpUrl}/ws`);
    expect(response.status).toBe(426);
    expect(response.headers.get('upgrade')).toBe('websocket');
    expect(await response.text()).toContain('ws://');
  });

  it('is told where the WebSocket is', async () => {
    const refused = await refusedUpgrade(open.url.replace('/ws', '/socket'));
    expect(refused.statusCode).toBe(404);
  });
});
