import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../faults/virtual-time.ts';
import { capable, resumeTokenOf } from './capable.ts';
import { linkStage } from './link-stage.ts';
import type { LinkUnderTest } from './link-under-test.ts';
import { PlainMedia, type PlainLeg } from './plain-media.ts';
import { agreeable, type Answer, type Script, type ScriptedPeer } from './scripted-runner.ts';

const { runnerThat, newLink } = linkStage();

async function live(script: Partial<Script> = { greet: capable() }, media = new PlainMedia()) {
  const time = new VirtualTime();
  const runner = await runnerThat(script);
  const link = newLink({ clock: time }, media);
  link.start(runner.url);
  await time.pass(15_000);
  expect(link.host.status().state.phase).toBe('live');
  return { time, runner, link, media, peer: runner.peers[0]! };
}

/** Strategies in the order in which they were shown, each run of the same once. */
const strategies = ({ states }: LinkUnderTest): string[] =>
  states
    .flatMap((state) => (state.phase === 'recovering' ? state.strategy : []))
    .filter((strategy, index, all) => strategy !== all[index - 1]);

describe('signalling lost while media is being made anew', () => {
  it.each<[string, Answer]>([
    ['in a pause between two offers', () => ({ type: 'error', error: 'Offer failed: 503' })],
    ['during an offer', () => null],
  ])('A25: %s: the media retry stops, and the link is recovered first', async (_, answer) => {
    const { time, runner, link, media, peer } = await live({
      greet: capable(),
      answer: (message, at) =>
        message.type === 'offer' && at.said('offer').length > 1
          ? answer(message, at)
          : agreeable(message, at),
    });
    media.legs[0]!.listener.failed('consent expired');
    await time.pass(300);
    peer.socket.terminate();
    await time.pass(60_000);
    expect(strategies(link)).toEqual(['rebuild', 'resume', 'rebuild']);
    expect(link.host.status().state.phase).toBe('live');
    expect(peer.said('offer')).toHaveLength(2);
    expect(runner.peers).toHaveLength(2);
    expect(resumeTokenOf(runner.peers[1]!)).not.toBeNull();
    expect(media.open).toBe(1);
  });

  it('A25: before the first frame: what was being made over the lost socket is closed', async () => {
    const media: PlainMedia = new PlainMedia({
      answered(leg) {
        leg.connect();
        if (media.legs.length !== 2) leg.listener.firstFrame();
      },
    });
    const { time, link, peer } = await live({ greet: capable() }, media);
    media.legs[0]!.listener.failed('consent expired');
    await time.pass(300);
    expect(link.host.status().state).toMatchObject({ strategy: 'rebuild', stage: 'first-frame' });
    peer.socket.terminate();
    await time.pass(60_000);
    expect(strategies(link)).toEqual(['rebuild', 'resume', 'rebuild']);
    expect(media.legs.map(({ state }) => state)).toEqual(['closed', 'closed', 'connected']);
  });
});

describe('a loss in the very tick in which recovery succeeds', () => {
  it('A26: of the socket that resumed the session begins anew', async () => {
    const kind = capable();
    let count = 0;
    const { time, runner, link, media, peer } = await live({
      greet(newcomer) {
        kind(newcomer);
        count += 1;
        if (count === 2) newcomer.socket.terminate();
      },
    });
    peer.socket.terminate();
    await time.pass(5_000);
    expect(runner.peers).toHaveLength(3);
    expect(link.host.status().state.phase).toBe('live');
    expect(media.legs).toHaveLength(1);
    await time.pass(60_000);
    expect(runner.peers).toHaveLength(3);
  });

  it.each<[string, (leg: PlainLeg, peer: ScriptedPeer) => void]>([
    ['media', (leg) => leg.listener.failed('gone again')],
    ['the data channel', (leg) => leg.listener.channelClosed()],
    ['signalling', (_, peer) => peer.socket.terminate()],
    ['both', (leg, peer) => (peer.socket.terminate(), leg.listener.failed('gone again'))],
  ])('A26: of %s with the first frame begins anew', async (_, lose) => {
    const media: PlainMedia = new PlainMedia({
      answered(leg) {
        leg.connect();
        leg.listener.firstFrame();
        if (media.legs.length === 2) lose(leg, runner.peers.at(-1)!);
      },
    });
    const { time, runner, link } = await live({}, media);
    runner.peers[0]!.socket.terminate();
    await time.pass(5_000);
    expect(link.host.status().state.phase).toBe('live');
    expect(media.legs).toHaveLength(3);
    expect(media.legs.map(({ state }) => state)).toEqual(['closed', 'closed', 'connected']);
    const { length } = runner.peers;
    await time.pass(60_000);
    expect(runner.peers).toHaveLength(length);
  });
});

describe('late callbacks', () => {
  it('A32: of an earlier socket cannot touch the present one', async () => {
    const [before, now] = [await runnerThat({ greet: capable() }), await runnerThat({ greet: capable() })];
    const link = newLink();
    link.start(before.url);
    await link.phase('live');
    const [old] = before.peers;
    // So that it is still open at this end while the link says goodbye, and answers nothing by itself.
    old!.socket.pause();
    const slow = link.host.api({ method: 'POST', path: '/api/v1/slow' });
    link.start(now.url);
    expect(await slow).toMatchObject({ problem: { kind: 'lost' } });
    old!.send({ type: 'logs', lines: ['late'] });
    old!.send({ type: 'goaway', deadline_ms: 1 });
    old!.send({ type: 'notice', code: 'LATE' });
    old!.send({ type: 'error', error: 'late', code: 'ACCESS_DENIED' });
    old!.send({ type: 'ready', resume_token: 'late', capabilities: ['resume'], grace_ms: 9 });
    await link.phase('live');
    old!.socket.resume();
    await old!.closed;
    expect((await link.host.api({ method: 'GET', path: '/api/v1/now' })).ok).toBe(true);
    const types = new Set(link.events.map(({ type }) => type));
    expect([...types].toSorted()).toEqual(['pipelines', 'resumable', 'status', 'timeline']);
    expect(link.events.filter(({ type }) => type === 'resumable').at(-1)).toMatchObject({
      ticket: { endpoint: now.url, token: 'ticket-1' },
    });
    expect(link.told('timeline')).toEqual(['Connecting', 'Live', 'Connecting', 'Live']);
    expect(link.host.status().state.phase).toBe('live');
    expect(now.peers).toHaveLength(1);
  });
});
