import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../tests/link/manual-clock.ts';
import type { ServerMessage } from '../../shared/wire/server-messages.ts';
import { ApiDesk } from './api-desk.ts';
import { PendingRequests } from './pending-requests.ts';
import type { Signalling } from './signalling.ts';

/** What a socket does with requests, without the socket. */
class Line implements Pick<Signalling, 'request'> {
  readonly pending: PendingRequests;
  readonly asked: { id: string; path: string }[] = [];

  constructor(clock: ManualClock) {
    this.pending = new PendingRequests(clock);
  }

  request: Signalling['request'] = (message, replyType, ms) => {
    const { id, reply } = this.pending.open(replyType, ms);
    this.asked.push({ id, path: message.type === 'api' ? message.path : '' });
    return reply;
  };

  answer(path: string, reply: Partial<ServerMessage> = {}): void {
    const { id } = this.asked.find((asked) => asked.path === path)!;
    this.pending.accept({
      type: 'api_response',
      status: 200,
      data: path,
      ...reply,
      request_id: id,
    } as ServerMessage);
  }
}

function deskAt(hope = true) {
  const clock = new ManualClock();
  const world: { line: Line | null; hope: boolean } = { line: new Line(clock), hope };
  const desk = new ApiDesk({
    clock,
    requestMs: () => 30_000,
    socket: () => world.line,
    isHopeful: () => world.hope,
  });
  const lose = (): void => {
    const { line } = world;
    world.line = null;
    line!.pending.loseAll();
    desk.changed();
  };
  const find = (): Line => {
    world.line = new Line(clock);
    desk.changed();
    return world.line;
  };
  return { clock, desk, world, lose, find };
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

const ok = (path: string) => ({ ok: true, value: { status: 200, data: path } });
const failed = (problem: object) => ({ ok: false, problem });

describe('the desk for API calls', () => {
  it('A28: hands each answer to whoever asked, in whatever order they come', async () => {
    const { desk, world } = deskAt();
    const calls = ['/a', '/b', '/c'].map((path) => desk.request({ method: 'GET', path }));
    world.line!.answer('/c');
    world.line!.answer('/b', { type: 'error', error: 'No such thing', code: 'X', detail: 'b' });
    world.line!.answer('/a', { type: 'api_response', status: 404, error: { detail: 'none' } });
    expect(await Promise.all(calls)).toEqual([
      failed({ kind: 'status', status: 404, detail: 'none' }),
      failed({ kind: 'refused', error: 'No such thing', code: 'X', detail: 'b' }),
      ok('/c'),
    ]);
  });

  it.each(['GET', 'DELETE'] as const)(
    'A28: repeats a %s over the next socket when its own is lost',
    async (method) => {
      const { clock, desk, lose, find } = deskAt();
      const call = desk.request({ method, path: '/a' });
      lose();
      await turns();
      clock.advance(20_000);
      const next = find();
      await turns();
      expect(next.asked).toHaveLength(1);
      next.answer('/a');
      expect(await call).toEqual(ok('/a'));
      expect(clock.pending).toBe(0);
    },
  );

  it.each(['POST', 'PATCH'] as const)(
    'A28: tells a %s at once that its socket is lost, and does not repeat it',
    async (method) => {
      const { clock, desk, lose, find } = deskAt();
      const call = desk.request({ method, path: '/a' });
      lose();
      expect(await call).toEqual(failed({ kind: 'lost' }));
      expect(find().asked).toEqual([]);
      expect(clock.pending).toBe(0);
    },
  );

  it('A28: the time-out is the caller’s, over all sockets together', async () => {
    const { clock, desk, lose, find } = deskAt();
    const call = desk.request({ method: 'GET', path: '/a', timeoutMs: 5_000 });
    clock.advance(2_000);
    lose();
    await turns();
    clock.advance(2_000);
    const { asked } = find();
    await turns();
    expect(asked).toHaveLength(1);
    clock.advance(1_000);
    expect(await call).toEqual(failed({ kind: 'timeout', ms: 5_000 }));
    expect(clock.pending).toBe(0);
  });

  it('A28: also when no socket comes', async () => {
    const { clock, desk, lose } = deskAt();
    const call = desk.request({ method: 'GET', path: '/a' });
    lose();
    await turns();
    clock.advance(30_000);
    expect(await call).toEqual(failed({ kind: 'timeout', ms: 30_000 }));
    expect(clock.pending).toBe(0);
  });

  it('waits for a first socket as for a next one', async () => {
    const { desk, world, find } = deskAt();
    world.line = null;
    const call = desk.request({ method: 'GET', path: '/a' });
    await turns();
    const line = find();
    await turns();
    line.answer('/a');
    expect(await call).toEqual(ok('/a'));
  });

  it('says offline without a socket to what may not be repeated, and to all when none will come', async () => {
    const { desk, world, lose } = deskAt();
    const waiting = desk.request({ method: 'GET', path: '/a' });
    lose();
    expect(await desk.request({ method: 'POST', path: '/b' })).toEqual(failed({ kind: 'offline' }));
    world.hope = false;
    desk.changed();
    expect(await waiting).toEqual(failed({ kind: 'offline' }));
    expect(await desk.request({ method: 'GET', path: '/c' })).toEqual(failed({ kind: 'offline' }));
  });
});
