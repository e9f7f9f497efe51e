import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import { processOf } from './session-process-of.ts';
import { SignallingClient } from './signalling-client.ts';

let runner: Runner;
let client: SignallingClient;

beforeAll(async () => {
  runner = await startRunner({ port: 0, logLevel: 'silent' });
});
afterAll(() => runner.close());
beforeEach(async () => {
  client = await SignallingClient.connect(runner.url);
});
afterEach(() => client.close());

it('announces what it can, and nothing else', async () => {
  const ready = await client.hear('ready');
  expect(ready.connection_id).toMatch(/^[0-9a-f-]{36}$/);
  expect(ready.capabilities.toSorted()).toEqual(['frames', 'goaway', 'notice', 'rebuild', 'resume']);
});

it('tells its ICE servers: none, unless configured', async () => {
  expect(await client.ask({ type: 'get_ice_servers' })).toMatchObject({
    type: 'ice_servers',
    data: { iceServers: [] },
    status: 200,
  });
});

it('answers what is no JSON, no message, and no known type, and goes on', async () => {
  client.socket.send('{"type":');
  client.socket.send('[1]');
  client.send({ type: 'teleport', request_id: 'x' });
  client.send({ type: 'offer', request_id: 'y' });
  expect(
    (await client.hear('error', ({ error }) => error.startsWith('Invalid JSON: '))).code,
  ).toBeUndefined();
  await client.hear('error', ({ error }) => error.startsWith('Invalid message'));
  expect(await client.replyTo('x')).toMatchObject({ type: 'error', error: 'Unknown message type: teleport' });
  expect(await client.replyTo('y')).toMatchObject({
    type: 'error',
    error: expect.stringMatching(/^Invalid offer: sdp/) as unknown,
  });
  expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
});

it('refuses a message above 1 MiB by closing with 1009', async () => {
  const big = await SignallingClient.dial(runner.url);
  await big.closed;
  client.socket.send('x'.repeat(1024 * 1024 + 1));
  expect((await client.closed).code).toBe(1009);
});

it('A46: answers a ping while an API call hangs', async () => {
  const pid = await processOf(client, runner);
  process.kill(pid, 'SIGSTOP');
  try {
    client.heard.length = 0;
    const loading = client.api('POST', '/api/v1/pipeline/load', { pipeline_id: 'sketch' });
    expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    expect(client.heard.some(({ type }) => type === 'api_response')).toBe(false);
    process.kill(pid, 'SIGCONT');
    expect(await loading).toMatchObject({ status: 200, data: { status: 'loaded', pipeline_id: 'sketch' } });
  } finally {
    process.kill(pid, 'SIGCONT');
  }
});

it('A44: tells a second client that the slot is taken, and closes with 1013', async () => {
  const second = await SignallingClient.dial(runner.url);
  expect(await second.hear('error')).toMatchObject({ code: 'NO_FREE_SLOT' });
  expect((await second.closed).code).toBe(1013);
  expect((await fetch(`${runner.httpUrl}/health/ready`)).status).toBe(503);
  expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
});

it('refuses a flood message by message, and serves again when it ebbs', async () => {
  for (let sent = 0; sent < 500; sent += 1) client.send({ type: 'ping', request_id: `flood${sent}` });
  expect(await client.replyTo('flood0')).toMatchObject({ type: 'pong' });
  expect(await client.replyTo('flood499')).toMatchObject({ type: 'error', code: 'RATE_LIMITED' });
});

it('refuses an offer that is no SDP', async () => {
  expect(await client.ask({ type: 'offer', sdp: 'v=0' })).toMatchObject({
    type: 'error',
    error: 'Offer failed: 400',
    code: 'BAD_OFFER',
  });
});

it('refuses candidates for a session that does not exist, and more than anyone needs', async () => {
  const candidate = { candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host', sdpMid: '0', sdpMLineIndex: 0 };
  const lost = await client.ask({ type: 'icecandidate', candidate, sessionId: 'none' });
  expect(lost).toMatchObject({ type: 'error', error: 'Candidate refused: there is no such media session' });
  expect(await client.ask({ type: 'icecandidate', candidate: null })).toMatchObject({
    type: 'icecandidate_ack',
    status: 'end_of_candidates',
  });
  let last: unknown = null;
  for (let told = 0; told < 200; told += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a flood would be refused for its rate
    last = await client.ask({ type: 'icecandidate', candidate });
  }
  expect(last).toMatchObject({ type: 'error', error: 'Candidate refused: more than 200 candidates' });
});

it('lists pipelines with the schema of their parameters, by socket and by HTTP alike', async () => {
  const reply = await client.api('GET', '/api/v1/pipelines');
  const ids = ['echo-trails', 'passthrough', 'sketch', 'thermal'];
  expect(reply).toMatchObject({ status: 200, data: { pipelines: ids.map((id) => ({ id })) } });
  const overHttp: unknown = await (await fetch(`${runner.httpUrl}/api/v1/pipelines`)).json();
  expect(reply.type === 'api_response' && reply.data).toEqual(overHttp);
});

it('tells the state of the pipeline through load, a failed load and unload', async () => {
  const state = async (): Promise<unknown> => {
    const reply = await client.api('GET', '/api/v1/pipeline/status');
    return reply.type === 'api_response' ? reply.data : null;
  };
  expect(await state()).toEqual({ status: 'not_loaded', pipeline_id: null });
  const loaded = { status: 'loaded', pipeline_id: 'thermal' };
  expect(await client.api('POST', '/api/v1/pipeline/load', { pipeline_id: 'thermal' })).toMatchObject({
    status: 200,
    data: loaded,
  });
  const failed = await client.api('POST', '/api/v1/pipeline/load', { pipeline_id: 'no-such' });
  expect(failed).toMatchObject({ status: 404, error: expect.stringContaining('sketch') as unknown });
  expect(await state()).toMatchObject({ ...loaded, error: expect.any(String) as unknown });
  await client.api('POST', '/api/v1/pipeline/unload');
  expect(await state()).toEqual({ status: 'not_loaded', pipeline_id: null });
});

it.each([
  ['TRACE', '/health', 400],
  ['DELETE', '/health', 405],
  ['GET', '/nothing', 404],
  ['POST', '/api/v1/pipeline/load', 400],
  ['DELETE', '/api/v1/webrtc/offer/unknown', 204],
  ['PATCH', '/api/v1/webrtc/offer/unknown', 404],
  ['GET', '/api/v1/session/picture', 409],
])('answers %s %s over the socket with %i', async (method, path, status) => {
  const body = method === 'PATCH' ? { candidates: [] } : undefined;
  expect(await client.api(method, path, body)).toMatchObject({ type: 'api_response', status });
});

it('A47: a message before set_user_id is answered NOT_AUTHENTICATED at once; a ping is not', async () => {
  await client.close();
  client = await SignallingClient.dial(runner.url);
  expect(await client.api('GET', '/api/v1/pipelines')).toMatchObject({
    type: 'error',
    code: 'NOT_AUTHENTICATED',
  });
  expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
});
