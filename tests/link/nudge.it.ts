import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../faults/virtual-time.ts';
import { capable, resumeTokenOf } from './capable.ts';
import { linkStage } from './link-stage.ts';
import { PlainMedia } from './plain-media.ts';
import { agreeable, type Script } from './scripted-runner.ts';

const { runnerThat, newLink } = linkStage();
const causes = ['sleep', 'network'] as const;

/** A runner that from the second connection on does as told, and a link that is live on it. */
async function live(greet: Script['greet'] = capable()) {
  const time = new VirtualTime();
  const mood: { now: 'kind' | 'full' | 'mute' } = { now: 'kind' };
  const runner = await runnerThat({
    greet(peer) {
      if (mood.now === 'full') peer.socket.close(1013);
      else if (mood.now === 'kind') greet(peer);
    },
  });
  const link = newLink({ clock: time });
  link.start(runner.url);
  await time.pass(15_000);
  expect(link.host.status().state.phase).toBe('live');
  return { time, mood, runner, link, peer: runner.peers[0]! };
}

const base: Script['greet'] = (peer) => peer.send({ type: 'ready' });

describe.each(causes)('A31: after %s', (cause) => {
  it('a live link is dialled afresh at once and resumed, though its socket claims to be open', async () => {
    const { time, runner, link, peer } = await live();
    expect(peer.socket.readyState).toBe(peer.socket.OPEN);
    link.host.nudge(cause);
    expect(link.host.status().state).toMatchObject({
      phase: 'recovering',
      fault: { kind: 'interrupted', cause },
      strategy: 'resume',
      media: 'flowing',
      nextAttemptAt: null,
    });
    await time.pass(0);
    expect(runner.peers).toHaveLength(2);
    expect(resumeTokenOf(runner.peers[1]!)).toBe('ticket-1');
    expect(link.host.status().state.phase).toBe('live');
    expect(await peer.closed).toBe(1006);
    expect(link.media.legs.map(({ state }) => state)).toEqual(['connected']);
  });

  it('a pause of recovery ends with an attempt', async () => {
    const { time, mood, runner, link, peer } = await live();
    mood.now = 'full';
    peer.socket.terminate();
    await time.pass(1_500);
    const { length } = runner.peers;
    mood.now = 'kind';
    link.host.nudge(cause);
    await time.pass(0);
    expect(runner.peers).toHaveLength(length + 1);
    expect(link.host.status().state.phase).toBe('live');
  });

  it('an attempt that waits for a runner is dialled anew, and counts once', async () => {
    const { time, mood, runner, link, peer } = await live();
    mood.now = 'mute';
    peer.socket.terminate();
    await time.pass(5_000);
    expect(link.host.status().state).toMatchObject({ attempt: 1, stage: 'waiting' });
    link.host.nudge(cause);
    await time.pass(1_000);
    expect(runner.peers).toHaveLength(3);
    expect(await runner.peers[1]!.closed).toBe(1006);
    expect(link.host.status().state).toMatchObject({ strategy: 'resume', attempt: 1, stage: 'waiting' });
    expect(resumeTokenOf(runner.peers[2]!)).toBe('ticket-1');
  });

  it('a first connection is dialled anew', async () => {
    const time = new VirtualTime();
    const runner = await runnerThat({ greet: () => undefined });
    const link = newLink({ clock: time });
    link.start(runner.url);
    await time.pass(100);
    link.host.nudge(cause);
    await time.pass(2_000);
    expect(runner.peers).toHaveLength(2);
    expect(link.host.status().state).toMatchObject({ phase: 'connecting', stage: 'waiting' });
    runner.peers[1]!.send({ type: 'ready' });
    await time.pass(100);
    expect(link.host.status().state.phase).toBe('live');
  });

  it('a link that gave up begins a new episode', async () => {
    const { time, mood, runner, link, peer } = await live(base);
    mood.now = 'full';
    peer.socket.terminate();
    await time.pass(10_000);
    expect(link.host.status().state).toMatchObject({ phase: 'failed', attempts: 4 });
    const { length } = runner.peers;
    link.host.nudge(cause);
    await time.pass(10_000);
    expect(runner.peers).toHaveLength(length + 4);
    mood.now = 'kind';
    link.host.nudge(cause);
    await time.pass(0);
    expect(link.host.status().state.phase).toBe('live');
  });

  it('an idle link stays idle', async () => {
    const time = new VirtualTime();
    const link = newLink({ clock: time });
    link.host.nudge(cause);
    link.host.retryNow();
    await time.pass(60_000);
    expect([link.events, time.pending]).toEqual([[], 0]);
  });
});

describe('A31: on a runner that keeps no session, the socket is asked first', () => {
  it('and kept when it answers', async () => {
    const { time, runner, link } = await live(base);
    link.host.nudge('network');
    await time.pass(60_000);
    expect(link.states.map(({ phase }) => phase)).not.toContain('recovering');
    expect(runner.peers).toHaveLength(1);
  });

  it('and lost after 3 s when it does not', async () => {
    const time = new VirtualTime();
    const runner = await runnerThat();
    const link = newLink({ clock: time });
    link.start(runner.url);
    await time.pass(1_000);
    const [peer] = runner.peers;
    // `ws` answers pings by itself, but for this.
    peer!.socket.pong = () => undefined;
    await time.pass(2_500);
    link.host.nudge('sleep');
    await time.pass(2_900);
    expect(link.host.status().state.phase).toBe('live');
    await time.pass(200);
    expect(link.states.find(({ phase }) => phase === 'recovering')).toMatchObject({
      fault: { kind: 'liveness-timeout' },
    });
    expect(link.host.status().state.phase).toBe('live');
    expect(runner.peers).toHaveLength(2);
  });
});

describe('A31: “Retry now”', () => {
  it('ends each pause of recovery with an attempt, until none is left', async () => {
    const { time, mood, runner, link, peer } = await live(base);
    mood.now = 'full';
    peer.socket.terminate();
    await time.pass(0);
    for (let attempt = 2; attempt <= 4; attempt += 1) {
      link.host.retryNow();
      await time.pass(0);
      expect(runner.peers).toHaveLength(attempt + 1);
    }
    expect(link.host.status().state).toMatchObject({ phase: 'failed', attempts: 4 });
  });

  it('does not disturb an attempt that is under way, nor a link that is live', async () => {
    const { time, mood, runner, link, peer } = await live();
    link.host.retryNow();
    mood.now = 'mute';
    peer.socket.terminate();
    await time.pass(500);
    for (let press = 0; press < 5; press += 1) link.host.retryNow();
    await time.pass(500);
    expect(runner.peers).toHaveLength(2);
    expect(link.host.status().state).toMatchObject({ attempt: 1, stage: 'waiting' });
  });

  it('dials a stalled session afresh', async () => {
    const time = new VirtualTime();
    const media: PlainMedia = new PlainMedia({
      answered(leg) {
        leg.connect();
        if (media.legs.length === 1) leg.listener.firstFrame();
      },
    });
    const runner = await runnerThat({ greet: capable(), answer: agreeable });
    const link = newLink({ clock: time }, media);
    link.start(runner.url);
    await time.pass(100);
    media.pageLastRtpAt = Number.MAX_SAFE_INTEGER;
    await time.pass(1_200);
    expect(link.host.status().state).toMatchObject({ phase: 'degraded', reason: 'stalled' });
    link.host.retryNow();
    await time.pass(0);
    expect(runner.peers).toHaveLength(2);
    expect(resumeTokenOf(runner.peers[1]!)).toBe('ticket-1');
  });
});
