import { describe, expect, it } from 'vitest';
import type { ApiRequest, ApiRunner, RunnerHealth } from './api-types.ts';
import { answerApi, type Route } from './router.ts';
import { answerForSocket, bodyFromSocket } from './socket-api.ts';
import { refusal } from './webrtc.ts';

const serving: RunnerHealth = {
  version: '1',
  uptimeSeconds: 1,
  slots: { total: 1, free: 1 },
  state: 'serving',
};

function runnerThatIs(health: RunnerHealth): ApiRunner {
  const unused = (): never => {
    throw new Error('not part of this test');
  };
  return {
    iceServers: [],
    health: () => health,
    pipelines: unused,
    sessionOf: unused,
    offer: unused,
    hangUp: unused,
  };
}

function call(method: string, path: string): ApiRequest {
  return { method, path, body: { kind: 'none' }, caller: { connectionId: null, scope: 'loopback' } };
}

const reported: unknown[] = [];
const ask = (method: string, path: string, health = serving, table?: readonly Route[]) =>
  answerApi(call(method, path), runnerThatIs(health), (error) => reported.push(error), table);

describe('finding a handler', () => {
  const echo: Route[] = [
    { method: 'GET', path: '/a/:id', handle: ({ id }) => ({ kind: 'json', status: 200, value: id }) },
  ];
  it.each([
    ['/a/b', 'b'],
    ['/a/b?c=d', 'b'],
    ['/a/%2e%2e%2Fb', '../b'],
    ['/a/%zz', '%zz'],
  ])('%s', async (path, id) => {
    expect(await ask('GET', path, serving, echo)).toEqual({ kind: 'json', status: 200, value: id });
  });
  it.each([
    ['GET', '/a', 404],
    ['GET', '/a/', 404],
    ['GET', '/a/b/c', 404],
    ['POST', '/a/b', 405],
    ['OPTIONS', '/a/b', 400],
  ])('%s %s: %i', async (method, path, status) => {
    expect(await ask(method, path, serving, echo)).toMatchObject({ status });
  });
});

it('makes a 500 of what a handler throws, and reports it', async () => {
  expect(await ask('GET', '/api/v1/pipelines')).toMatchObject({ status: 500 });
  expect(reported).toEqual([new Error('not part of this test')]);
});

it.each([
  [serving, 200],
  [{ ...serving, slots: { total: 1, free: 0 } }, 503],
  [{ ...serving, state: 'draining' } as const, 503],
])('is ready while it serves and has room', async (health, status) => {
  expect(await ask('GET', '/health/ready', health)).toMatchObject({ status });
  expect(await ask('GET', '/health/live', health)).toMatchObject({ status: 200 });
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
