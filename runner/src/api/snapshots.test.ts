import { expect, it } from 'vitest';
import { fail, ok } from '../../../shared/result.ts';
import type { SnapshotInfo } from '../../../shared/wire/sessions.ts';
import type { ApiAnswer, ApiRunner, SnapshotStore } from './api-types.ts';
import { fakeRunner, overSocket } from './fixtures/fake-runner.ts';
import { answerApi } from './router.ts';

const png = Buffer.from([137, 80, 78, 71]);
const taken: SnapshotInfo = {
  id: 'one',
  width: 2,
  height: 1,
  bytes: 4,
  taken_at: '2026-11-25T16:01:49.000Z',
};

/** A store that says what it was asked for. */
function store(room: boolean): { runner: ApiRunner; asked: string[] } {
  const asked: string[] = [];
  const snapshots: SnapshotStore = {
    take: () => Promise.resolve(room ? ok(taken) : fail('There is room for 32 snapshots; drop one first.')),
    list: () => Promise.resolve([taken]),
    read(id) {
      asked.push(id);
      return Promise.resolve(id === 'one' ? png : null);
    },
    remove(id) {
      asked.push(id);
      return Promise.resolve(id === 'one');
    },
  };
  return { runner: fakeRunner({ snapshots: () => snapshots }), asked };
}

function ask(runner: ApiRunner, method: string, id = ''): Promise<ApiAnswer> {
  const path = `/api/v1/session/snapshots${id}`;
  const report = (error: unknown): never => {
    throw error;
  };
  return answerApi({ method, path, body: { kind: 'none' }, caller: overSocket }, runner, report);
}

it('takes, lists, gives and drops them', async () => {
  const { runner } = store(true);
  expect(await ask(runner, 'POST')).toMatchObject({ status: 201, value: taken });
  expect(await ask(runner, 'GET')).toMatchObject({ status: 200, value: { snapshots: [taken] } });
  expect(await ask(runner, 'GET', '/one')).toMatchObject({ content: png, contentType: 'image/png' });
  expect(await ask(runner, 'DELETE', '/one')).toEqual({ kind: 'empty', status: 204 });
  expect(await ask(runner, 'GET', '/two')).toMatchObject({ status: 404 });
  expect(await ask(runner, 'DELETE', '/two')).toMatchObject({ status: 404 });
});

it('says why none was taken', async () => {
  expect(await ask(store(false).runner, 'POST')).toMatchObject({
    status: 409,
    value: { error: 'There is room for 32 snapshots; drop one first.' },
  });
});

it.each(['..%2F..%2Fetc%2Fpasswd', '..', '%2Fetc', 'a.png', 'a%00', 'x'.repeat(65)])(
  'S13: never asks the store for %s',
  async (id) => {
    const { runner, asked } = store(true);
    expect(await ask(runner, 'GET', `/${id}`)).toMatchObject({ status: 404 });
    expect(await ask(runner, 'DELETE', `/${id}`)).toMatchObject({ status: 404 });
    expect(asked).toEqual([]);
  },
);
