import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { Fault } from '../../shared/link/fault.ts';
import { retryPolicy } from '../../shared/link/retry-policy.ts';
import { VirtualTime } from '../faults/virtual-time.ts';
import { linkStage } from './link-stage.ts';
import { ManualClock } from './manual-clock.ts';
import { untilOpenSockets } from './open-sockets.ts';
import { PlainMedia } from './plain-media.ts';
import type { ScriptedPeer } from './scripted-runner.ts';

const { runnerThat, newLink } = linkStage();

/** What `ws` keeps to itself. */
const rawSocketOf = (socket: WebSocket): Socket => (socket as WebSocket & { _socket: Socket })._socket;

/** Four attempts as by default, but without the pauses. */
const eager = { retry: retryPolicy([0, 0, 0, 0]) };

describe('a lost link', () => {
  it('dials anew, makes a new session, and is live again; the old leg delivers until the new picture is there', async () => {
    const runner = await runnerThat();
    const pictures: (() => void)[] = [];
    const media = new PlainMedia({
      answered: (leg) => {
        leg.connect();
        pictures.push(() => leg.listener.firstFrame());
        if (pictures.length === 1) leg.listener.firstFrame();
      },
    });
    const link = newLink({}, media);
    link.start(runner.url);
    await link.phase('live');
    runner.peers[0]!.socket.terminate();
    const { fault, attempt, attempts } = await link.phase('recovering');
    expect({ fault, attempt, attempts }).toEqual({
      fault: { kind: 'closed', code: 1006, reason: '' },
      attempt: 1,
      attempts: 4,
    });
    await link.phase('recovering', ({ stage }) => stage === 'first-frame');
    expect(media.legs[0]!.state).toBe('connected');
    pictures[1]!();
    await link.phase('live');
    expect(media.legs.map(({ state }) => state)).toEqual(['closed', 'connected']);
    expect(runner.peers).toHaveLength(2);
  });

  it.each<[string, Fault, (peer: ScriptedPeer) => void]>([
    ['a close', { kind: 'closed', code: 1011, reason: 'oops' }, ({ socket }) => socket.close(1011, 'oops')],
    ['a broken connection', { kind: 'closed', code: 1006, reason: '' }, ({ socket }) => socket.terminate()],
    [
      'a frame that violates the protocol',
      { kind: 'protocol', detail: 'Invalid WebSocket frame: RSV2 and RSV3 must be clear' },
      ({ socket }) => rawSocketOf(socket).write(Buffer.from([0xff, 0xff])),
    ],
    [
      'that, and a reset in one breath',
      { kind: 'protocol', detail: 'Invalid WebSocket frame: RSV2 and RSV3 must be clear' },
      ({ socket }) => rawSocketOf(socket).end(Buffer.from([0xff, 0xff])),
    ],
  ])('A3 A4 A5: after %s recovers by itself, and tells of one loss', async (_name, fault, lose) => {
    const runner = await runnerThat();
    const link = newLink();
    link.start(runner.url);
    await link.phase('live');
    lose(runner.peers[0]!);
    expect((await link.phase('recovering')).fault).toEqual(fault);
    await link.phase('live');
    expect(link.told('timeline').filter((line) => line === 'Connection lost')).toHaveLength(1);
    expect(runner.peers).toHaveLength(2);
  });

  it('A3 A4: after silence recovers by itself, and tells of one loss', async () => {
    const runner = await runnerThat();
    const time = new VirtualTime();
    const link = newLink({ clock: time });
    link.start(runner.url);
    await time.pass(1_000);
    runner.peers[0]!.socket.pong = () => undefined;
    await time.pass(20_000);
    expect(link.states.find(({ phase }) => phase === 'recovering')).toMatchObject({
      fault: { kind: 'liveness-timeout' },
    });
    expect(link.host.status().state.phase).toBe('live');
    expect(link.told('timeline').filter((line) => line === 'Connection lost')).toHaveLength(1);
    expect(runner.peers).toHaveLength(2);
  });

  it('A13 A18: makes media that failed anew over the same socket', async () => {
    const runner = await runnerThat();
    const link = newLink();
    link.start(runner.url);
    await link.phase('live');
    link.media.legs[0]!.listener.failed('consent expired');
    const { fault, strategy } = await link.phase('recovering');
    expect({ fault, strategy }).toEqual({
      fault: { kind: 'media-failed', detail: 'consent expired' },
      strategy: 'rebuild',
    });
    await link.phase('live');
    expect(runner.peers).toHaveLength(1);
    expect(link.media.legs.map(({ state }) => state)).toEqual(['closed', 'connected']);
  });

  it('takes its reason from signalling when a runner that stops ends media first', async () => {
    const runner = await runnerThat();
    const link = newLink();
    link.start(runner.url);
    await link.phase('live');
    link.media.legs[0]!.listener.channelClosed();
    link.media.legs[0]!.listener.failed('closed');
    runner.peers[0]!.socket.close(1012, 'restart');
    const { strategy } = await link.phase('recovering', ({ fault }) => fault.kind === 'closed');
    expect(strategy).toBe('rejoin');
    await link.phase('live');
    expect(runner.peers).toHaveLength(2);
  });

  it('A22 A29: is given up after exactly four attempts, with no socket, leg or timer but the slow one', async () => {
    let refuse = false;
    const runner = await runnerThat({
      greet: (peer) => (refuse ? peer.socket.close(1013) : peer.send({ type: 'ready' })),
    });
    const clock = new ManualClock();
    const link = newLink({ policy: eager, clock });
    link.start(runner.url);
    await link.phase('live');
    refuse = true;
    runner.peers[0]!.socket.terminate();
    const failed = await link.phase('failed');
    expect(failed).toMatchObject({
      attempts: 4,
      fault: { kind: 'no-free-slot' },
      nextAttemptAt: clock.now() + 30_000,
    });
    expect(runner.peers).toHaveLength(5);
    expect(link.media.open).toBe(0);
    await untilOpenSockets(1);
    expect(clock.pending).toBe(1);
    refuse = false;
    clock.advance(30_000);
    await link.phase('live');
    expect(link.told('timeline').at(-1)).toBe('Live again');
  });

  it('A31: is tried at once by retryNow', async () => {
    const runner = await runnerThat();
    const clock = new ManualClock();
    const link = newLink({ clock, policy: { retry: retryPolicy([50_000, 50_000]) } });
    link.start(runner.url);
    await link.phase('live');
    runner.peers[0]!.socket.terminate();
    await link.phase('recovering', ({ nextAttemptAt }) => nextAttemptAt === clock.now() + 50_000);
    link.host.retryNow();
    await link.phase('live');
  });

  it('A30: that was ended for good is not dialled again', async () => {
    const runner = await runnerThat();
    const link = newLink();
    link.start(runner.url);
    await link.phase('live');
    runner.peers[0]!.send({ type: 'credits_exhausted' });
    const { fault, nextAttemptAt } = await link.phase('failed');
    expect({ fault, nextAttemptAt }).toEqual({
      fault: { kind: 'terminated', code: 'CREDITS_EXHAUSTED', detail: '' },
      nextAttemptAt: null,
    });
    expect(runner.peers).toHaveLength(1);
    expect(link.media.open).toBe(0);
  });
});

describe('stop', () => {
  const moments = ['dialling', 'waiting', 'loading', 'negotiating', 'first-frame'] as const;

  it.each(moments)('A19 A27: while %s: idle at once, no error, and nothing is left', async (moment) => {
    const runner = await runnerThat({
      greet: (peer) => (moment === 'waiting' ? null : peer.send({ type: 'ready' })),
      ...(moment === 'loading' && { answer: () => null }),
    });
    const media = new PlainMedia({
      pageAttached: moment !== 'negotiating',
      answered: (leg) => leg.connect(),
    });
    const clock = new ManualClock();
    const link = newLink({ clock }, media);
    link.start(runner.url);
    await link.phase('connecting', ({ stage }) => stage === moment);
    const stopped = link.host.stop();
    expect(link.host.status()).toMatchObject({ state: { phase: 'idle' }, endpoint: null, pipelineId: null });
    await stopped;
    expect(link.told('timeline')).toEqual(['Connecting', 'Stopped']);
    expect(media.open).toBe(0);
    expect(clock.pending).toBe(0);
    await untilOpenSockets(1);
  });

  it('A19: while live says good-bye with 1000 and closes media', async () => {
    const runner = await runnerThat();
    const clock = new ManualClock();
    const link = newLink({ clock });
    link.start(runner.url);
    await link.phase('live');
    await link.host.stop();
    expect(await runner.peers[0]!.closed).toBe(1000);
    expect(link.media.open).toBe(0);
    expect(clock.pending).toBe(0);
    expect(link.states.map(({ phase }) => phase)).not.toContain('failed');
  });

  it('A27: in a pause of recovery makes no further dial', async () => {
    const runner = await runnerThat();
    const clock = new ManualClock();
    const link = newLink({ clock, policy: { retry: retryPolicy([1_000]) } });
    link.start(runner.url);
    await link.phase('live');
    runner.peers[0]!.socket.terminate();
    await link.phase('recovering');
    await link.host.stop();
    clock.advance(120_000);
    expect(runner.peers).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});
