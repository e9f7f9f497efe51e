import { describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../main/link/clock.ts';
import { connectSignalling, type ConnectOptions } from '../../main/link/connect-signalling.ts';
import { linkDefaults } from '../../main/link/defaults.ts';
import type { Fault } from '../../shared/link/fault.ts';
import type { ServerMessage } from '../../shared/wire/server-messages.ts';
import { linkStage } from './link-stage.ts';
import { ManualClock } from './manual-clock.ts';
import { untilOpenSockets } from './open-sockets.ts';
import { agreeable, type Script, type ScriptedRunner } from './scripted-runner.ts';

const { runnerThat } = linkStage();

/** Connects and keeps what it is told. */
function connect(runner: ScriptedRunner, clock: Clock = systemClock, options: Partial<ConnectOptions> = {}) {
  const losses: Fault[] = [];
  const pushes: ServerMessage[] = [];
  const logged: string[] = [];
  const lost = Promise.withResolvers<Fault>();
  const opened = Promise.withResolvers<void>();
  const result = connectSignalling({
    url: runner.url,
    token: null,
    clock,
    settings: linkDefaults,
    abort: new AbortController().signal,
    listener: {
      opened: () => opened.resolve(),
      lost: (fault) => {
        losses.push(fault);
        lost.resolve(fault);
      },
      push: (message) => pushes.push(message),
      roundTrip: () => undefined,
      log: (_level, text) => logged.push(text),
    },
    ...options,
  });
  return { result, losses, pushes, logged, lost: lost.promise, opened: opened.promise };
}

async function ready(runner: ScriptedRunner, clock: Clock = systemClock) {
  const connection = connect(runner, clock);
  const outcome = await connection.result;
  if (!outcome.ok) throw new Error(`not connected: ${outcome.problem.kind}`);
  return { ...connection, signalling: outcome.value.signalling, peer: runner.peers[0]! };
}

describe('until ready', () => {
  it('A50: ready need not be the first frame: logs, unknown, binary and broken frames before it are tolerated', async () => {
    const runner = await runnerThat({
      greet: (peer) => {
        peer.send({ type: 'logs', lines: ['loading weights'] });
        peer.send({ type: 'weather', wind: 3 });
        peer.socket.send(Buffer.from([1, 2, 3]));
        peer.socket.send('not json');
        peer.socket.send('{"type":"frames","in":"many"}');
        peer.send({ type: 'ready', connection_id: 'c1', capabilities: ['frames', 'later'] });
      },
    });
    const { signalling, pushes, losses, logged } = await ready(runner);
    expect(pushes).toEqual([{ type: 'logs', lines: ['loading weights'] }]);
    expect(logged).toHaveLength(4);
    expect(losses).toEqual([]);
    await signalling.close();
  });

  it.each<[string, Script['greet'], Partial<Fault>]>([
    ['it closes without a word', (peer) => peer.socket.terminate(), { kind: 'closed', code: 1006 }],
    ['it closes with a reason', (peer) => peer.socket.close(1012, 'restart'), { kind: 'closed', code: 1012 }],
    ['it has no slot', (peer) => peer.socket.close(1013), { kind: 'no-free-slot' }],
    [
      'it says so before the close',
      (peer) => {
        peer.send({ type: 'error', error: 'full', code: 'NO_FREE_SLOT' });
        peer.socket.close(1000);
      },
      { kind: 'no-free-slot' },
    ],
    ['it denies access', (peer) => peer.socket.close(4003, 'go away'), { kind: 'access-denied' }],
    [
      'it breaks the protocol',
      (peer) =>
        peer.socket.send(
          Buffer.alloc(5 * 1024 * 1024)
            .fill(32)
            .toString(),
        ),
      { kind: 'protocol' },
    ],
  ])(
    'A6: when %s before ready, that is the result, no loss, and nothing is left behind',
    async (_name, greet, fault) => {
      const runner = await runnerThat({ greet });
      const clock = new ManualClock();
      const listening = 1;
      await untilOpenSockets(listening);
      const settings = { ...linkDefaults, maxFrameBytes: 1024 * 1024 };
      const { result, losses } = connect(runner, clock, { settings });
      expect(await result).toMatchObject({ ok: false, problem: fault });
      await runner.peers[0]!.closed;
      expect(losses).toEqual([]);
      expect(clock.pending).toBe(0);
      await untilOpenSockets(listening);
    },
  );

  it('A6: a runner that is never ready is given up after 180 s, with nothing left behind', async () => {
    const runner = await runnerThat({ greet: (peer) => peer.send({ type: 'logs', lines: ['…'] }) });
    const clock = new ManualClock();
    const { result, losses, opened } = connect(runner, clock);
    await opened;
    clock.advance(179_999);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    expect(await result).toEqual({ ok: false, problem: { kind: 'ready-timeout' } });
    await runner.peers[0]!.closed;
    expect(losses).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('A2: sends no ping before ready: a starting runner may be too busy to answer', async () => {
    const runner = await runnerThat({ greet: () => undefined });
    const clock = new ManualClock();
    const { result, opened } = connect(runner, clock);
    await opened;
    const pings: unknown[] = [];
    runner.peers[0]!.socket.on('ping', () => pings.push(1));
    clock.advance(60_000);
    runner.peers[0]!.send({ type: 'ready' });
    const outcome = await result;
    expect(pings).toEqual([]);
    if (outcome.ok) await outcome.value.signalling.close();
  });

  it('is given up at once when nobody wants it any more', async () => {
    const runner = await runnerThat({ greet: () => undefined });
    const abort = new AbortController();
    const clock = new ManualClock();
    const { result, opened } = connect(runner, clock, { abort: abort.signal });
    await opened;
    abort.abort();
    expect((await result).ok).toBe(false);
    await runner.peers[0]!.closed;
    expect(clock.pending).toBe(0);
  });

  it('refuses a token that no header can carry, without dialling', async () => {
    const runner = await runnerThat({});
    const { result } = connect(runner, systemClock, { token: 'two\nlines' });
    expect(await result).toMatchObject({ ok: false, problem: { kind: 'invalid-endpoint' } });
    expect(runner.peers).toEqual([]);
  });
});

describe('once ready', () => {
  it('A3 A4 A5: announces an unexpected close once, also when ready and close come in one breath', async () => {
    const runner = await runnerThat({
      greet: (peer) => {
        peer.send({ type: 'ready' });
        peer.socket.close(1012, 'restart');
      },
    });
    const { result, losses, lost } = connect(runner);
    expect((await result).ok).toBe(true);
    expect(await lost).toEqual({ kind: 'closed', code: 1012, reason: 'restart' });
    expect(losses).toHaveLength(1);
  });

  it('A2 A4: declares a runner lost that stops answering, as liveness-timeout, before it closes the socket', async () => {
    const runner = await runnerThat({});
    const clock = new ManualClock();
    const { lost, losses, peer } = await ready(runner, clock);
    peer.socket.pause();
    clock.advance(9_000);
    expect(losses).toEqual([{ kind: 'liveness-timeout', silentMs: 9_000 }]);
    expect(await lost).toEqual({ kind: 'liveness-timeout', silentMs: 9_000 });
    peer.socket.resume();
    await peer.closed;
    expect(losses).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('A28: rejects all pending requests as lost when the connection goes', async () => {
    const runner = await runnerThat({ answer: () => null });
    const { signalling, peer, lost } = await ready(runner);
    const replies = [
      signalling.request({ type: 'get_ice_servers' }, 'ice_servers', 30_000),
      signalling.request({ type: 'api', method: 'GET', path: '/' }, 'api_response', 30_000),
    ];
    await peer.message('api');
    peer.socket.terminate();
    await lost;
    expect(await Promise.all(replies)).toEqual(replies.map(() => ({ ok: false, problem: { kind: 'lost' } })));
    expect(await signalling.request({ type: 'get_ice_servers' }, 'ice_servers', 30_000)).toMatchObject({
      ok: false,
    });
  });

  it('times a request out, and leaves the connection alone', async () => {
    const runner = await runnerThat({
      answer: (message) => (message.path === '/slow' ? null : agreeable(message, runner.peers[0]!)),
    });
    const clock = new ManualClock();
    const { signalling, peer, losses } = await ready(runner, clock);
    const slow = signalling.request({ type: 'api', method: 'GET', path: '/slow' }, 'api_response', 5_000);
    await peer.message('api');
    clock.advance(5_000);
    expect(await slow).toEqual({ ok: false, problem: { kind: 'timeout', ms: 5_000 } });
    expect(await signalling.request({ type: 'get_ice_servers' }, 'ice_servers', 5_000)).toMatchObject({
      ok: true,
    });
    expect(losses).toEqual([]);
    await signalling.close();
  });

  it('matches replies by request id, whatever their order, and refuses what is not the reply it expects', async () => {
    const ids: unknown[] = [];
    const runner = await runnerThat({
      answer: (message, peer) => {
        ids.push(message.request_id);
        if (ids.length < 3) return null;
        peer.send({ type: 'error', request_id: ids[2], error: 'Offer failed: 400', detail: 'no video' });
        peer.send({ type: 'pong', request_id: ids[1] });
        return { type: 'api_response', request_id: ids[0], status: 200, data: 'first' };
      },
    });
    const { signalling } = await ready(runner);
    const api = (path: string) =>
      signalling.request({ type: 'api', method: 'GET', path }, 'api_response', 5_000);
    const replies = await Promise.all([
      api('/1'),
      api('/2'),
      signalling.request({ type: 'offer', sdp: 'x', sdp_type: 'offer' }, 'answer', 5_000),
    ]);
    expect(replies[0]).toMatchObject({ ok: true, value: { data: 'first' } });
    expect(replies[1]).toMatchObject({ ok: false, problem: { kind: 'unreadable' } });
    expect(replies[2]).toMatchObject({
      problem: { kind: 'refused', error: 'Offer failed: 400', detail: 'no video' },
    });
    await signalling.close();
  });

  it('A30: takes a terminal message for the end, whatever close code follows', async () => {
    const runner = await runnerThat({});
    const { peer, lost, losses } = await ready(runner);
    peer.send({ type: 'error', error: 'One hour is over', code: 'MAX_DURATION_EXCEEDED' });
    peer.socket.close(1000);
    expect(await lost).toMatchObject({ kind: 'terminated', code: 'MAX_DURATION_EXCEEDED' });
    await peer.closed;
    expect(losses).toHaveLength(1);
  });

  it('A55: does not take an unrelated error for the reason of a close', async () => {
    const runner = await runnerThat({});
    const { peer, lost } = await ready(runner);
    peer.send({ type: 'error', error: 'Unknown message type: X', request_id: '99' });
    peer.socket.close(1011, 'crash');
    expect(await lost).toEqual({ kind: 'closed', code: 1011, reason: 'crash' });
  });

  it('A5: refuses an oversized frame, and tells of one loss though error and close both come', async () => {
    const runner = await runnerThat({});
    const settings = { ...linkDefaults, maxFrameBytes: 1_000 };
    const { result, lost, losses } = connect(runner, systemClock, { settings });
    const outcome = await result;
    runner.peers[0]!.send({ type: 'logs', lines: ['x'.repeat(2_000)] });
    expect(await lost).toEqual({ kind: 'protocol', detail: 'Max payload size exceeded' });
    if (outcome.ok) await outcome.value.signalling.gone;
    expect(losses).toHaveLength(1);
  });

  it('A19: closes on purpose with 1000 and announces nothing', async () => {
    const runner = await runnerThat({});
    const clock = new ManualClock();
    const { signalling, peer, losses } = await ready(runner, clock);
    await signalling.close();
    expect(await peer.closed).toBe(1000);
    expect(losses).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('cuts the socket of a peer that does not answer the close', async () => {
    const runner = await runnerThat({});
    const clock = new ManualClock();
    const { signalling, peer } = await ready(runner, clock);
    peer.socket.pause();
    const closed = signalling.close();
    clock.advance(linkDefaults.closeMs);
    await closed;
    expect(clock.pending).toBe(0);
  });
});
