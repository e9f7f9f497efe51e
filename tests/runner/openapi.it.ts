import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument, type OpenApiDocument } from '../../runner/src/api/openapi.ts';
import { routes } from '../../runner/src/api/routes.ts';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import { snapshotInfo } from '../../shared/wire/sessions.ts';
import { expectDocumented, overHttp, type RealAnswer } from './documented.ts';
import { SignallingClient } from './signalling-client.ts';
import { VideoClient } from './video-client.ts';

const headers = { authorization: 'Bearer a-token-of-the-tests' };
const gets = routes.filter(({ method }) => method === 'GET').map(({ path }) => path.replace(':id', '{id}'));
const ofSession = gets.filter((path) => path.startsWith('/api/v1/session'));

let runner: Runner;
let client: SignallingClient;
let video: VideoClient;
let document: OpenApiDocument;
let mediaId: string;
let snapshotId: string;

beforeAll(async () => {
  runner = await startRunner({ port: 0, logLevel: 'silent', token: 'a-token-of-the-tests' });
  client = await SignallingClient.connect(runner.url, { headers });
  video = new VideoClient();
  const answer = await client.ask({ type: 'offer', sdp: await video.offer() });
  if (answer.type !== 'answer') throw new Error(JSON.stringify(answer));
  mediaId = answer.sessionId;
  await video.accept(answer.sdp);
  await video.seen();
  const taken = await client.api('POST', '/api/v1/session/snapshots');
  snapshotId = v.parse(v.object({ data: snapshotInfo }), taken).data.id;
  const served = await overHttp(`${runner.httpUrl}/api/v1/openapi.json`, { headers });
  document = served.body as OpenApiDocument;
});

afterAll(async () => {
  video.close();
  await runner.close();
});

/** One documented GET, with whatever its path and its session need. */
function get(template: string, init: RequestInit = { headers }, session = mediaId): Promise<RealAnswer> {
  const path = template.replace('{id}', snapshotId);
  return overHttp(`${runner.httpUrl}${path}${session === '' ? '' : `?session_id=${session}`}`, init);
}

it('serves the description of its own routes', () => {
  expect(document).toEqual(JSON.parse(JSON.stringify(openApiDocument(routes))));
});

describe.each(gets)('GET %s answers as described', (template) => {
  it('to the client of a live session', async () => {
    const answer = await get(template);
    // The only slot is taken.
    expect(answer.status).toBe(template === '/health/ready' ? 503 : 200);
    expectDocumented(document, 'GET', template, answer);
  });

  it('over the socket', async () => {
    const reply = await client.api('GET', template.replace('{id}', snapshotId));
    if (reply.type !== 'api_response') throw new Error(JSON.stringify(reply));
    // A failure comes as a text; only a probe fails with a body of its own.
    if (template === '/health/ready') expect(reply).toMatchObject({ status: 503 });
    else expectDocumented(document, 'GET', template, fromSocket(reply.status, reply.data));
  });

  it('without a token', async () => {
    const answer = await get(template, {});
    const open = document.paths[template]!['get']!.security?.length === 0;
    expect(answer.status === 401).toBe(!open);
    expectDocumented(document, 'GET', template, answer);
  });
});

describe.each(ofSession)('S13: GET %s is for the own client', (template) => {
  it.each([
    ['who names no session', '', [403]],
    ['who names a session that is none', randomUUID(), [404, 409]],
  ] as const)('not for one %s', async (_who, session, statuses) => {
    const answer = await get(template, { headers }, session);
    expect(statuses).toContain(answer.status);
    expectDocumented(document, 'GET', template, answer);
  });
});

const json = { ...headers, 'content-type': 'application/json' };

it.each([
  ['POST', '/api/v1/pipeline/load', 'sketch', 200],
  ['POST', '/api/v1/pipeline/load', 'no-such', 404],
  ['POST', '/api/v1/pipeline/load', null, 400],
  ['POST', '/api/v1/pipeline/unload', undefined, 200],
  ['POST', '/api/v1/session/snapshots', undefined, 201],
  ['DELETE', '/api/v1/session/snapshots/{id}', undefined, 404],
] as const)('%s %s of %s answers %i, as described', async (method, template, id, status) => {
  const path = `${template.replace('{id}', randomUUID())}?session_id=${mediaId}`;
  const body = id === undefined ? {} : { body: JSON.stringify({ pipeline_id: id }) };
  const answer = await overHttp(runner.httpUrl + path, { method, headers: json, ...body });
  expect(answer.status).toBe(status);
  expectDocumented(document, method, template, answer);
});

it.each([
  ['POST', '/api/v1/pipeline/load', '{', 400],
  ['POST', '/api/v1/pipeline/load', JSON.stringify({ pipeline_id: 'sketch' }), 409],
  ['POST', '/api/v1/pipeline/unload', undefined, 409],
  ['POST', '/api/v1/webrtc/offer', JSON.stringify({ sdp: 'v=0' }), 503],
  ['POST', '/api/v1/webrtc/offer', JSON.stringify({ sdp: 'x'.repeat(2 * 1024 * 1024) }), 413],
  ['PATCH', '/api/v1/webrtc/offer/{id}', JSON.stringify({ candidates: [] }), 404],
  ['DELETE', '/api/v1/webrtc/offer/{id}', undefined, 204],
  ['POST', '/api/v1/session/snapshots', undefined, 403],
] as const)('%s %s of a stranger answers as described', async (method, template, body, status) => {
  const url = runner.httpUrl + template.replace('{id}', randomUUID());
  const answer = await overHttp(url, { method, headers: json, ...(body !== undefined && { body }) });
  expect(answer.status).toBe(status);
  expectDocumented(document, method, template, answer);
});

it('a body that is no JSON is answered as described', async () => {
  const template = '/api/v1/pipeline/load';
  const init = { method: 'POST', headers: { ...headers, 'content-type': 'text/plain' }, body: 'sketch' };
  const answer = await overHttp(runner.httpUrl + template, init);
  expect(answer.status).toBe(415);
  expectDocumented(document, 'POST', template, answer);
});

const bytes = v.object({ _base64_content: v.string(), _content_type: v.string(), media_type: v.string() });

/** The same answer as HTTP would have carried it. */
function fromSocket(status: number, data: unknown): RealAnswer {
  const binary = v.safeParse(bytes, data);
  if (!binary.success) return { status, contentType: 'application/json', body: data };
  const { _base64_content: content, _content_type: contentType, media_type: mediaType } = binary.output;
  expect(mediaType).toBe(contentType);
  return { status, contentType, body: Buffer.from(content, 'base64') };
}
