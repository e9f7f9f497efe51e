import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../faults/virtual-time.ts';
import { capable } from './capable.ts';
import { linkStage } from './link-stage.ts';
import type { LinkUnderTest } from './link-under-test.ts';
import type { PlainLeg } from './plain-media.ts';
import { PlayingMedia } from './playing-media.ts';
import {
  agreeable,
  type Message,
  type Script,
  type ScriptedPeer,
  type ScriptedRunner,
} from './scripted-runner.ts';

const { runnerThat, newLink } = linkStage();

interface Playing {
  time: VirtualTime;
  media: PlayingMedia;
  link: LinkUnderTest;
  runner: ScriptedRunner;
  /** The leg that feeds the page since the start. */
  leg: PlainLeg;
}

/** A link that is live, with frames that come. Later legs connect, and play when the test lets them. */
async function playing(script: Partial<Script> = { greet: capable() }): Promise<Playing> {
  const time = new VirtualTime();
  const runner = await runnerThat(script);
  const media = new PlayingMedia(time, (leg, { legs }) => {
    leg.connect();
    if (legs.length === 1) media.play(leg);
  });
  const link = newLink({ clock: time }, media);
  link.start(runner.url);
  await time.pass(2_000);
  expect(link.host.status().state.phase).toBe('live');
  return { time, media, link, runner, leg: media.legs[0]! };
}

const state = ({ link }: Playing) => link.host.status().state;
const offers = ({ runner }: Playing): Message[] => runner.peers.flatMap((peer) => peer.said('offer'));
const deletions = ({ runner }: Playing): unknown[] =>
  runner.peers.flatMap(({ received }) => received.filter(({ method }) => method === 'DELETE'));
const legs = ({ media }: Playing): string[] => media.legs.map((leg) => leg.state);

describe('media that ends', () => {
  it.each<[string, (leg: PlainLeg) => void]>([
    ['fails', ({ listener }) => listener.failed('consent expired')],
    ['loses its data channel', ({ listener }) => listener.channelClosed()],
    [
      'does both, one after the other and again',
      ({ listener }) => {
        listener.channelClosed();
        listener.failed('closed');
        listener.channelClosed();
      },
    ],
  ])('A13: and %s starts media recovery once, in the same session', async (_, end) => {
    const scene = await playing();
    end(scene.leg);
    expect(state(scene)).toMatchObject({ phase: 'recovering', strategy: 'rebuild', attempt: 1 });
    await scene.time.pass(100);
    expect(offers(scene)).toMatchObject([{}, { sessionId: 's1' }]);
    scene.media.play(scene.media.legs[1]!);
    await scene.time.pass(60_000);
    expect(state(scene).phase).toBe('live');
    expect(legs(scene)).toEqual(['closed', 'connected']);
    expect(offers(scene)).toHaveLength(2);
    expect(scene.runner.peers).toHaveLength(1);
  });

  it('A32: is not ended a second time by what the leg of before still says', async () => {
    const scene = await playing();
    scene.leg.listener.failed('consent expired');
    await scene.time.pass(100);
    scene.media.play(scene.media.legs[1]!);
    await scene.time.pass(100);
    const { listener } = scene.leg;
    listener.failed('late');
    listener.channelClosed();
    listener.firstFrame();
    listener.channelOpen();
    scene.media.play(scene.leg);
    await scene.time.pass(5_000);
    expect(state(scene).phase).toBe('live');
    expect(legs(scene)).toEqual(['closed', 'connected']);
    expect(offers(scene)).toHaveLength(2);
  });
});

describe('a picture that stops, on a runner that can replace a peer connection', () => {
  it('A14: is stalled after a second, and the second connection that delivers first carries on', async () => {
    const scene = await playing();
    scene.media.freeze(scene.leg);
    await scene.time.pass(900);
    expect(state(scene).phase).toBe('live');
    await scene.time.pass(200);
    expect(state(scene)).toMatchObject({ phase: 'degraded', reason: 'stalled' });
    expect(offers(scene)[1]).toMatchObject({ sessionId: 's1' });
    expect(legs(scene)).toEqual(['connected', 'connected']);
    scene.media.play(scene.media.legs[1]!);
    await scene.time.pass(5_000);
    expect(state(scene).phase).toBe('live');
    expect(legs(scene)).toEqual(['closed', 'connected']);
    expect([scene.runner.peers.length, offers(scene).length, deletions(scene)]).toEqual([1, 2, []]);
  });

  it('A14 A24: carries on with the old connection if that delivers first; the second is closed', async () => {
    const scene = await playing();
    scene.media.freeze(scene.leg);
    await scene.time.pass(1_200);
    scene.media.play(scene.leg);
    await scene.time.pass(60_000);
    expect(state(scene).phase).toBe('live');
    expect(legs(scene)).toEqual(['connected', 'closed']);
    expect(offers(scene)).toHaveLength(2);
  });

  it('A24: makes no offer at all when the picture comes back before one is made', async () => {
    const asked: ScriptedPeer[] = [];
    const scene = await playing({
      greet: capable(),
      answer(message, peer) {
        if (message.type === 'get_ice_servers') asked.push(peer);
        return message.type === 'get_ice_servers' && asked.length > 1 ? null : agreeable(message, peer);
      },
    });
    scene.media.freeze(scene.leg);
    await scene.time.pass(1_200);
    expect(asked).toHaveLength(2);
    scene.media.play(scene.leg);
    await scene.time.pass(200);
    const { request_id: id } = asked[1]!.said('get_ice_servers')[1]!;
    asked[1]!.send({ type: 'ice_servers', request_id: id, data: { iceServers: [] } });
    await scene.time.pass(60_000);
    expect(offers(scene)).toHaveLength(1);
    expect(legs(scene)).toEqual(['connected']);
  });

  it('A24: makes no further offer when the picture comes back in a pause between two', async () => {
    const refusal = { type: 'error', error: 'Offer failed: 503' };
    const scene = await playing({
      greet: capable(),
      answer: (message, peer) =>
        message.type === 'offer' && peer.said('offer').length > 1 ? refusal : agreeable(message, peer),
    });
    scene.media.freeze(scene.leg);
    await scene.time.pass(1_200);
    expect(state(scene)).toMatchObject({ phase: 'recovering', strategy: 'rebuild', attempt: 2 });
    scene.media.play(scene.leg);
    await scene.time.pass(200);
    expect(state(scene).phase).toBe('live');
    await scene.time.pass(60_000);
    expect(offers(scene)).toHaveLength(2);
    expect(legs(scene)[0]).toBe('connected');
    expect(scene.runner.peers).toHaveLength(1);
  });
});

describe('a picture that stops, on a runner that cannot replace a peer connection', () => {
  it('A14: costs the session only after 3 s in all: the old one is deleted, then a new one is offered', async () => {
    const scene = await playing({});
    scene.media.freeze(scene.leg);
    await scene.time.pass(1_200);
    expect(state(scene)).toMatchObject({ phase: 'degraded', reason: 'stalled' });
    await scene.time.pass(1_700);
    expect([offers(scene).length, deletions(scene)]).toEqual([1, []]);
    await scene.time.pass(300);
    expect(legs(scene)).toEqual(['closed', 'connected']);
    const said = scene.runner.peers[0]!.received.filter(
      ({ type, method }) => type === 'offer' || method === 'DELETE',
    );
    expect(said).toMatchObject([
      { type: 'offer' },
      { method: 'DELETE', path: '/api/v1/webrtc/offer/s1' },
      { type: 'offer' },
    ]);
    expect(said[2]).not.toHaveProperty('sessionId');
    scene.media.play(scene.media.legs[1]!);
    await scene.time.pass(5_000);
    expect(state(scene).phase).toBe('live');
    expect(legs(scene)).toEqual(['closed', 'connected']);
    expect(scene.runner.peers).toHaveLength(1);
  });

  it('A14: costs nothing if it comes back within the 3 s', async () => {
    const scene = await playing({});
    scene.media.freeze(scene.leg);
    await scene.time.pass(2_700);
    scene.media.play(scene.leg);
    await scene.time.pass(60_000);
    expect(state(scene).phase).toBe('live');
    expect([offers(scene).length, deletions(scene), legs(scene)]).toEqual([1, [], ['connected']]);
  });
});

describe('a picture that nobody expects', () => {
  it.each<[string, (scene: Playing) => void]>([
    ['the page sends nothing', ({ media }) => (media.pageSends = false)],
    ['the user has paused it', ({ link }) => link.host.setParameters({ paused: true })],
  ])('A14: is not missed while %s, and is from then on', async (_, excuse) => {
    const scene = await playing();
    excuse(scene);
    await scene.time.pass(400);
    scene.media.freeze(scene.leg);
    await scene.time.pass(60_000);
    expect(state(scene).phase).toBe('live');
    scene.media.pageSends = true;
    scene.link.host.setParameters({ paused: false });
    await scene.time.pass(900);
    expect(state(scene).phase).toBe('live');
    await scene.time.pass(400);
    expect(state(scene)).toMatchObject({ phase: 'degraded', reason: 'stalled' });
  });

  it('A11 A14: is not missed either for as long as this process stood still', async () => {
    const scene = await playing();
    scene.time.block(20_000);
    await scene.time.pass(5_000);
    expect(scene.link.states.map(({ phase }) => phase)).not.toContain('degraded');
    expect(scene.runner.peers).toHaveLength(1);
  });
});
