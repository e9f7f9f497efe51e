import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import * as v from 'valibot';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import { VideoClient } from './video-client.ts';

let runner: Runner;
let video: VideoClient;

beforeAll(async () => {
  runner = await startRunner({ port: 0, logLevel: 'silent' });
});
afterAll(() => runner.close());
beforeEach(() => {
  video = new VideoClient();
});
afterEach(() => video.close());

const answer = v.object({ sdp: v.string(), type: v.literal('answer'), sessionId: v.string() });

function send(method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${runner.httpUrl}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

it('serves a client that speaks HTTP only, and frees the slot when it says goodbye', async () => {
  const offered = await send('POST', '/api/v1/webrtc/offer', { sdp: await video.offer(), type: 'offer' });
  const { sdp, sessionId } = v.parse(answer, await offered.json());
  await video.accept(sdp);
  await video.gathered;
  const path = `/api/v1/webrtc/offer/${sessionId}`;
  const candidates = video.candidates.filter((candidate) => candidate !== null);
  expect((await send('PATCH', path, { candidates })).status).toBe(204);
  await video.seen();
  expect((await send('POST', '/api/v1/pipeline/load', { pipeline_id: 'thermal' })).status).toBe(200);
  expect((await send('GET', '/health/ready')).status).toBe(503);
  expect((await send('GET', '/api/v1/session/picture')).status).toBe(403);

  expect((await send('DELETE', path)).status).toBe(204);
  await video.channelClosed;
  expect(runner.sessionPids).toEqual([]);
  expect((await send('GET', '/health/ready')).status).toBe(200);
  expect((await send('DELETE', path)).status).toBe(204);
});

it('frees the slot again when an offer cannot be answered', async () => {
  const refused = await send('POST', '/api/v1/webrtc/offer', { sdp: 'v=0', type: 'offer' });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ code: 'BAD_OFFER' });
  expect((await send('GET', '/health/ready')).status).toBe(200);
});

it('ends the session of an HTTP client whose connection goes', async () => {
  const offered = await send('POST', '/api/v1/webrtc/offer', { sdp: await video.offer(), type: 'offer' });
  const { sdp } = v.parse(answer, await offered.json());
  await video.accept(sdp);
  await video.channelOpen;
  video.close();
  // An offer gets a slot only once the other session has been noticed and ended.
  await expect.poll(async () => (await send('GET', '/health/ready')).status, { timeout: 20_000 }).toBe(200);
  video = new VideoClient();
});

it.each([
  ['an unknown id: goodbye is said already', 'DELETE', '/api/v1/webrtc/offer/unknown', undefined, 204],
  ['an unknown session', 'PATCH', '/api/v1/webrtc/offer/unknown', { candidates: [] }, 404],
  ['no session to load into', 'POST', '/api/v1/pipeline/load', { pipeline_id: 'sketch' }, 409],
  ['a body that is no JSON', 'POST', '/api/v1/pipeline/load', '{', 400],
  ['a body above 1 MiB', 'POST', '/api/v1/pipeline/load', 'x'.repeat(1024 * 1024 + 1), 413],
  ['a method the path has not', 'DELETE', '/health', undefined, 405],
  ['an unsupported method', 'PUT', '/health', undefined, 400],
])('answers %s', async (_name, method, path, body, status) => {
  expect((await send(method, path, body)).status).toBe(status);
});

it('tells its health', async () => {
  expect(await (await send('GET', '/health')).json()).toMatchObject({
    status: 'ok',
    name: 'linkspan-runner',
    state: 'serving',
    slots: { total: 1, free: 1 },
  });
});
