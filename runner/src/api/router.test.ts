import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { fakeRunner, overHttp, overSocket } from './fixtures/fake-runner.ts';
import { json, type ApiBody, type ApiCaller, type ApiRunner } from './api-types.ts';
import { answerApi } from './router.ts';
import { gives, route, type Route } from './route.ts';
import { answerForSocket, bodyFromSocket } from './socket-api.ts';
import { refusal } from './webrtc.ts';

const reported: unknown[] = [];

interface Call {
  runner?: ApiRunner;
  table?: readonly Route[];
  body?: ApiBody;
  caller?: ApiCaller;
}

function ask(method: string, path: string, call: Call = {}): ReturnType<typeof answerApi> {
  const { runner = fakeRunner(), body = { kind: 'none' }, caller = overHttp } = call;
  return answerApi({ method, path, body, caller }, runner, (error) => reported.push(error), call.table);
}

const echo = [
  route({
    method: 'GET',
    path: '/a/:id',
    summary: 'Echo',
    answers: { 200: gives('The id.', v.string()) },
    handle: ({ id }) => json(id),
  }),
];

describe('finding a handler', () => {
  it.each([
    ['/a/b', 'b'],
    ['/a/b?c=d', 'b'],
    ['/a/%2e%2e%2Fb', '../b'],
    ['/a/%zz', '%zz'],
  ])('%s', async (path, id) => {
    expect(await ask('GET', path, { table: echo })).toEqual({ kind: 'json', status: 200, value: id });
  });
  it.each([
    ['GET', '/a', 404],
    ['GET', '/a/', 404],
    ['GET', '/a/b/c', 404],
    ['POST', '/a/b', 405],
    ['OPTIONS', '/a/b', 400],
  ])('%s %s: %i', async (method, path, status) => {
    expect(await ask(method, path, { table: echo })).toMatchObject({ status });
  });
});

it('makes a 500 of what a handler throws, and reports it', async () => {
  expect(await ask('GET', '/api/v1/pipelines')).toMatchObject({ status: 500 });
  expect(reported).toEqual([new Error('not part of this test')]);
});

it.each([
  [{}, 200],
  [{ slots: { total: 1, free: 0 } }, 503],
  [{ state: 'draining' } as const, 503],
])('is ready while it serves and has room', async (health, status) => {
  const runner = fakeRunner({}, health);
  expect(await ask('GET', '/health/ready', { runner })).toMatchObject({ status });
  expect(await ask('GET', '/health/live', { runner })).toMatchObject({ status: 200 });
});

describe("S13: a session's own routes", () => {
  const runner = fakeRunner({ describe: () => null, snapshots: () => null, sessionOf: () => null });
  const snapshot = '/api/v1/session/snapshots/a';
  const calls = [
    ['GET', '/api/v1/session', 404],
    ['GET', '/api/v1/session/picture', 409],
    ['POST', '/api/v1/session/snapshots', 409],
    ['GET', '/api/v1/session/snapshots', 409],
    ['GET', snapshot, 409],
    ['DELETE', snapshot, 409],
  ] as const;

  it.each(calls)('%s %s is refused to who names no session over HTTP', async (method, path) => {
    const answer = await ask(method, path, { runner, caller: overHttp });
    expect(answer).toMatchObject({
      status: 403,
      value: { error: expect.stringContaining('session_id') as unknown },
    });
  });
  it.each(calls)('%s %s gets to the handler from a socket or with a name', async (method, path, status) => {
    expect(await ask(method, path, { runner, caller: overSocket })).toMatchObject({ status });
    const named = { ...overHttp, sessionId: 'm' };
    expect(await ask(method, path, { runner, caller: named })).toMatchObject({ status });
  });
});

describe('A51: bytes over the socket', () => {
  it('reads an upload', () => {
    const body = bodyFromSocket({ _base64_content: 'AAEC', _content_type: 'image/png' });
    expect(body).toEqual({ kind: 'binary', content: Buffer.from([0, 1, 2]), contentType: 'image/png' });
  });
  it('gives an answer with its type under both names', () => {
    const content = Buffer.from([255, 0, 128]);
    expect(answerForSocket({ kind: 'binary', status: 200, content, contentType: 'image/png' })).toEqual({
      status: 200,
      data: {
        _base64_content: '/wCA',
        _content_type: 'image/png',
        _content_length: 3,
        media_type: 'image/png',
      },
    });
  });
  it('gives the error of a failure as text', () => {
    const answer = refusal({ kind: 'no-free-slot' });
    expect(answerForSocket(answer)).toMatchObject({ status: 503, error: expect.any(String) as unknown });
  });
});

it.each([
  ['bytes', { kind: 'binary', content: Buffer.from('x'), contentType: 'text/plain' } as const, 415],
  ['another shape', { kind: 'json', value: { pipeline_id: 7 } } as const, 400],
  ['nothing', { kind: 'none' } as const, 400],
])('refuses %s where JSON of a certain shape is due', async (_name, body, status) => {
  expect(await ask('POST', '/api/v1/pipeline/load', { body })).toMatchObject({ status });
});
