import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import type { RunnerOptions } from '../../runner/src/config/runner-options.ts';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import { BaseClient, isObject } from './base-client.ts';
import { VideoClient } from './video-client.ts';

const token = 'a-token-for-compatibility';
/** Would keep a session for an hour, were there any grace for a client that does not ask for it. */
const graceMs = 3_600_000;
let plain: Runner;
let guarded: Runner;

beforeEach(async () => {
  const options: Partial<RunnerOptions> = { port: 0, logLevel: 'silent', graceMs, drainMs: 0 };
  plain = await startRunner(options);
  guarded = await startRunner({
    ...options,
    token,
    slots: 2,
    maxConnectionsPerAddress: 8,
    maxDurationMs: 7_200_000,
    publicUrl: 'wss://runners.example.org',
    drainEndpoint: 'wss://other.example.org/ws',
  });
});
afterEach(() => Promise.all([plain.close(), guarded.close()]));

/** Where a client is told to go. */
interface Endpoint {
  runner: Runner;
  headers: Record<string, string>;
}

const endpoints = (): readonly [Endpoint, Endpoint] => [
  { runner: plain, headers: {} },
  { runner: guarded, headers: { authorization: `Bearer ${token}` } },
];

/** Names and kinds of what a value holds; lists by all kinds of entries they have. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value))
    return [...new Set(value.map((entry) => JSON.stringify(shapeOf(entry))))].toSorted();
  if (!isObject(value)) return value === null ? 'null' : typeof value;
  const entries = Object.entries(value).map(([name, entry]) => [name, shapeOf(entry)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** All that a client heard, by its form; how often it heard it depends on its network. */
function formsOf({ heard }: BaseClient): string[] {
  const forms = heard.map(({ type, status, ...more }) => JSON.stringify([type, status, shapeOf(more)]));
  return [...new Set(forms)].toSorted();
}

/** Welcomed, and named; nobody waits for the reply to that. */
async function connect({ runner, headers }: Endpoint): Promise<BaseClient> {
  const client = await BaseClient.dial(runner.url, headers);
  await client.hear(({ type }) => type === 'ready');
  client.send({ type: 'set_user_id', user_id: 'base user' });
  return client;
}

interface Media {
  video: VideoClient;
  sessionId: string;
}

/** From the ICE servers to a picture. */
async function stream(client: BaseClient): Promise<Media> {
  await client.ask({ type: 'get_ice_servers' }, 'ice_servers');
  const video = new VideoClient();
  onTestFinished(() => video.close());
  const offer = {
    type: 'offer',
    sdp: await video.offer(),
    sdp_type: 'offer',
    // As that client sends them: ours have no such form.
    initialParameters: { prompts: [{ text: 'fog', weight: 1 }], noise_scale: 0.5, paused: false },
    user_id: 'base user',
  };
  const answer = await client.ask(offer, 'answer');
  const sessionId = String(answer.sessionId);
  await video.accept(String(answer.sdp));
  await video.gathered;
  for (const candidate of video.candidates) {
    // oxlint-disable-next-line no-await-in-loop -- in the order in which they were found
    const ack = await client.ask({ type: 'icecandidate', sessionId, candidate }, 'icecandidate_ack');
    expect(ack.status).toBe(candidate === null ? 'end_of_candidates' : 'ok');
  }
  await video.seen();
  return { video, sessionId };
}

/** What else the base protocol has: calls, refusals, errors. */
async function use(client: BaseClient, { video }: Media): Promise<void> {
  await client.ask({ type: 'ping' }, 'pong');
  await client.api(200, 'GET', '/api/v1/pipelines');
  await client.api(200, 'POST', '/api/v1/pipeline/load', { pipeline_id: 'thermal' });
  await client.api(200, 'GET', '/api/v1/pipeline/status');
  await video.channelOpen;
  video.channel.send(JSON.stringify({ prompts: [{ text: 'rain', weight: 1 }], strength: 0.25 }));
  // What the runner has to say about that.
  await client.hear(({ type, lines }) => type === 'logs' && JSON.stringify(lines).includes('prompts'));
  const picture = await client.api(200, 'GET', '/api/v1/session/picture');
  expect(shapeOf(picture)).toEqual({
    _base64_content: 'string',
    _content_length: 'number',
    _content_type: 'string',
    media_type: 'string',
  });
  await client.api(200, 'POST', '/api/v1/pipeline/unload');
  await client.api(400, 'PUT', '/api/v1/pipelines');
  await client.api(404, 'GET', '/api/v1/nothing');
  client.send('{"type":');
  await client.hear(({ error }) => String(error).startsWith('Invalid JSON: '));
  const unknown = await client.ask({ type: 'teleport' }, 'error');
  expect(unknown.error).toBe('Unknown message type: teleport');
  await client.ask({ type: 'icecandidate', sessionId: 'none', candidate: null }, 'error');
}

/** Ends the media session over plain HTTP, as a page that is closed does. The connection goes on. */
async function hangUp(client: BaseClient, media: Media, { runner, headers }: Endpoint): Promise<void> {
  for (const id of [media.sessionId, media.sessionId, 'unknown']) {
    const url = `${runner.httpUrl}/api/v1/webrtc/offer/${id}`;
    // oxlint-disable-next-line no-await-in-loop -- the second time it has gone
    expect((await fetch(url, { method: 'DELETE', headers })).status).toBe(204);
  }
  await media.video.channelClosed;
  const bad = await client.ask({ type: 'offer', sdp: 'v=0', sdp_type: 'offer' }, 'error');
  expect(bad.error).toBe('Offer failed: 400');
  expect(bad).toHaveProperty('detail');
}

/** All that a base client does, but for its end. */
async function wholeStory(endpoint: Endpoint): Promise<{ client: BaseClient; video: VideoClient }> {
  const client = await connect(endpoint);
  const media = await stream(client);
  await use(client, media);
  await hangUp(client, media, endpoint);
  const { video } = await stream(client);
  return { client, video };
}

it('a client of the base protocol alone moves from a runner that ends to another, and finds the same there', async () => {
  const [first, second] = endpoints();
  const before = await wholeStory(first);
  const ended = plain.drain();
  expect(await before.client.closed).toBe(1012);
  await before.video.channelClosed;
  await ended;

  const after = await wholeStory(second);
  expect(formsOf(after.client)).toEqual(formsOf(before.client));
  expect(formsOf(after.client).length).toBeGreaterThan(15);
  await after.client.close();
  await after.video.channelClosed;
  expect([...before.client.faults, ...after.client.faults]).toEqual([]);
});

it('A39: a client that cannot come back is given no way to, and no grace', async () => {
  for (const endpoint of endpoints()) {
    // oxlint-disable-next-line no-await-in-loop -- one runner after the other
    const client = await connect(endpoint);
    // oxlint-disable-next-line no-await-in-loop
    const { video } = await stream(client);
    const [ready] = client.heard;
    expect(Object.keys(ready!).toSorted()).toEqual(['capabilities', 'connection_id', 'type']);
    client.cut();
    // oxlint-disable-next-line no-await-in-loop
    await video.channelClosed;
    // oxlint-disable-next-line no-await-in-loop
    await expect.poll(() => endpoint.runner.sessions).toBe(0);
  }
});

it('A44: a client of the base protocol is told that a runner is full, and finds room in one that is not', async () => {
  const [full, roomy] = endpoints();
  const served = [await connect(full), await connect(roomy), await connect(roomy)];
  for (const endpoint of [full, roomy]) {
    // oxlint-disable-next-line no-await-in-loop -- one runner after the other
    const late = await BaseClient.dial(endpoint.runner.url, endpoint.headers);
    // oxlint-disable-next-line no-await-in-loop
    expect(await late.closed).toBe(1013);
    expect(late.heard).toMatchObject([{ type: 'error', code: 'NO_FREE_SLOT' }]);
    expect(late.faults).toEqual([]);
  }
  await served[1]!.close();
  const next = await connect(roomy);
  await Promise.all([served[0]!, served[2]!, next].map((client) => client.close()));
});
