import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import { modelList } from '../../shared/wire/models.ts';
import { sessionInfo, snapshotInfo, snapshotList, type SessionInfo } from '../../shared/wire/sessions.ts';
import { overHttp, type RealAnswer } from './documented.ts';
import { goLive } from './go-live.ts';
import { SignallingClient } from './signalling-client.ts';
import { VideoClient } from './video-client.ts';

let runner: Runner;
let workDir: string;
const clients: SignallingClient[] = [];

beforeAll(async () => {
  workDir = mkdtempSync(path.join(tmpdir(), 'linkspan-api-'));
  runner = await startRunner({ port: 0, logLevel: 'silent', slots: 2, workDir });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await expect.poll(() => runner.sessions).toBe(0);
});
afterAll(async () => {
  await runner.close();
  rmSync(workDir, { recursive: true });
});

async function connect(): Promise<SignallingClient> {
  const client = await SignallingClient.connect(runner.url);
  clients.push(client);
  return client;
}

/** The data of an answer that has to be a success. */
async function ask<Schema extends v.GenericSchema>(
  client: SignallingClient,
  schema: Schema,
  method: string,
  target: string,
): Promise<v.InferOutput<Schema>> {
  const reply = await client.api(method, target);
  if (reply.type !== 'api_response' || reply.status >= 300) throw new Error(JSON.stringify(reply));
  return v.parse(schema, reply.data);
}

function send(method: string, target: string, body?: object): Promise<RealAnswer> {
  return overHttp(`${runner.httpUrl}${target}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
}

const ofSocket = (client: SignallingClient): Promise<SessionInfo> =>
  ask(client, sessionInfo, 'GET', '/api/v1/session');

it('tells each client of its own session, over the socket and over HTTP', async () => {
  const one = await connect();
  const other = await connect();
  expect(await ofSocket(one)).toMatchObject({
    signalling: 'attached',
    media_session_id: null,
    media: 'none',
    pipeline: { status: 'not_loaded' },
    ends_in_ms: null,
    user_id: 'test',
    frames: null,
  });
  const { sessionId } = await goLive(one);
  await one.hear('frames', ({ out }) => out > 0);
  const mine = await ofSocket(one);
  const theirs = await ofSocket(other);
  expect(mine).toMatchObject({ media_session_id: sessionId, media: 'connected' });
  expect(mine.frames).toMatchObject({ dropped: expect.any(Number) as unknown, inference_ms: null });
  expect(mine.frames!.out_fps).toBeGreaterThan(0);
  expect(theirs).toMatchObject({ media_session_id: null, media: 'none' });
  expect(new Set([mine.slot, theirs.slot])).toEqual(new Set([0, 1]));
  const { body } = await send('GET', `/api/v1/session?session_id=${sessionId}`);
  expect(body).toMatchObject({ id: mine.id, slot: mine.slot, signalling: 'attached' });
});

it('acts on the same session over HTTP and over the socket', async () => {
  const client = await connect();
  const { sessionId } = await goLive(client);
  const load = `/api/v1/pipeline/load?session_id=${sessionId}`;
  expect(await send('POST', load, { pipeline_id: 'thermal' })).toMatchObject({ status: 200 });
  expect(await ofSocket(client)).toMatchObject({ pipeline: { status: 'loaded', pipeline_id: 'thermal' } });
  // The session of a connection is nobody's over HTTP unless it is named.
  expect(await send('POST', '/api/v1/pipeline/unload')).toMatchObject({ status: 409 });
  const status = await send('GET', `/api/v1/pipeline/status?session_id=${sessionId}`);
  expect(status.body).toMatchObject({ status: 'loaded', pipeline_id: 'thermal' });
});

it('serves two clients that speak HTTP only, each by the id that it was told', async () => {
  const begin = async (): Promise<string> => {
    const video = new VideoClient();
    onTestFinished(() => video.close());
    const { body } = await send('POST', '/api/v1/webrtc/offer', { sdp: await video.offer() });
    const { sdp, sessionId } = v.parse(v.object({ sdp: v.string(), sessionId: v.string() }), body);
    await video.accept(sdp);
    await video.seen();
    return sessionId;
  };
  const one = await begin();
  expect(await send('POST', '/api/v1/pipeline/load', { pipeline_id: 'thermal' })).toMatchObject({
    status: 200,
  });
  const other = await begin();
  // Which of two is meant cannot be told any more.
  expect(await send('POST', '/api/v1/pipeline/unload')).toMatchObject({ status: 409 });
  expect((await send('GET', `/api/v1/session?session_id=${one}`)).body).toMatchObject({
    signalling: 'http',
    pipeline: { pipeline_id: 'thermal' },
  });
  expect((await send('GET', `/api/v1/session?session_id=${other}`)).body).toMatchObject({
    signalling: 'http',
    pipeline: { pipeline_id: null },
  });
  for (const id of [one, other]) {
    // oxlint-disable-next-line no-await-in-loop -- goodbye after goodbye
    expect(await send('DELETE', `/api/v1/webrtc/offer/${id}`)).toMatchObject({ status: 204 });
  }
  expect(await send('GET', `/api/v1/session?session_id=${one}`)).toMatchObject({ status: 404 });
});

const bytes = v.object({ _base64_content: v.string(), _content_type: v.literal('image/png') });

it('A51: a snapshot comes back byte for byte, with its type, over both ways', async () => {
  const client = await connect();
  const { sessionId } = await goLive(client);
  const taken = await ask(client, snapshotInfo, 'POST', '/api/v1/session/snapshots');
  const target = `/api/v1/session/snapshots/${taken.id}`;
  const overSocket = await ask(client, bytes, 'GET', target);
  const plain = await send('GET', `${target}?session_id=${sessionId}`);
  const png = Buffer.from(overSocket._base64_content, 'base64');
  expect(plain).toEqual({ status: 200, contentType: 'image/png', body: png });
  const { width, height } = PNG.sync.read(png);
  expect(taken).toMatchObject({ width, height, bytes: png.length });
});

it('S13: snapshots are their session’s, end with it, and are bounded', async () => {
  const client = await connect();
  const other = await connect();
  const { sessionId } = await goLive(client);
  const take = (): Promise<v.InferOutput<typeof snapshotInfo>> =>
    ask(client, snapshotInfo, 'POST', '/api/v1/session/snapshots');
  const list = async (of: SignallingClient): Promise<string[]> => {
    const { snapshots } = await ask(of, snapshotList, 'GET', '/api/v1/session/snapshots');
    return snapshots.map(({ id }) => id);
  };
  const first = await take();
  await Promise.all(Array.from({ length: 31 }, take));
  const refused = await client.api('POST', '/api/v1/session/snapshots');
  expect(refused).toMatchObject({ status: 409, error: expect.stringContaining('32') as unknown });
  expect(await list(client)).toHaveLength(32);
  expect(await list(client)).toContain(first.id);

  await goLive(other);
  expect(await list(other)).toEqual([]);
  expect(await other.api('GET', `/api/v1/session/snapshots/${first.id}`)).toMatchObject({ status: 404 });
  expect(await other.api('DELETE', `/api/v1/session/snapshots/${first.id}`)).toMatchObject({ status: 404 });

  const target = `/api/v1/session/snapshots/${first.id}`;
  expect(await client.api('DELETE', target)).toMatchObject({ status: 204 });
  expect(await client.api('GET', target)).toMatchObject({ status: 404 });
  expect(await list(client)).not.toContain(first.id);
  await take();
  expect(pictures()).toHaveLength(32);

  await client.close();
  expect(await send('GET', `/api/v1/session/snapshots?session_id=${sessionId}`)).toMatchObject({
    status: 409,
  });
  await expect.poll(() => pictures()).toEqual([]);
});

it('lists its models', async () => {
  const client = await connect();
  const { models, problems } = await ask(client, modelList, 'GET', '/api/v1/models');
  expect(problems).toEqual([]);
  expect(models.map(({ id }) => id)).toEqual(expect.arrayContaining(['passthrough', 'sketch']));
  expect((await send('GET', '/api/v1/models')).body).toEqual({ models, problems });
});

/** Snapshots on disk, of whatever session. */
function pictures(): string[] {
  if (!existsSync(workDir)) return [];
  const files = readdirSync(workDir, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.png'));
}
