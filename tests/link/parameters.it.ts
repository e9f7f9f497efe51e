import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../faults/virtual-time.ts';
import { capable } from './capable.ts';
import { linkStage } from './link-stage.ts';
import { PlainMedia } from './plain-media.ts';

const { runnerThat, newLink } = linkStage();

/** A live link whose runner can be away. */
async function live(parameters: Record<string, number | number[]> = { strength: 1, gain: 1 }) {
  const time = new VirtualTime();
  const mood: { now: 'kind' | 'full' | 'forgetful' } = { now: 'kind' };
  let greet = capable();
  const runner = await runnerThat({
    greet(peer) {
      if (mood.now === 'full') return peer.socket.close(1013);
      if (mood.now === 'forgetful') greet = capable();
      return greet(peer);
    },
  });
  const media = new PlainMedia();
  const link = newLink({ clock: time }, media);
  link.start(runner.url, { parameters });
  await time.pass(1_000);
  expect(link.host.status().state.phase).toBe('live');
  const drop = (): void => runner.peers.at(-1)!.socket.terminate();
  const offers = () =>
    runner.peers.flatMap((peer) => peer.said('offer')).map((offer) => offer.initialParameters);
  return { time, mood, runner, media, link, drop, offers };
}

describe('parameters changed during an outage', () => {
  it('A35: reach a picture that goes on at once, and are not said again when signalling is back', async () => {
    const { time, mood, media, link, drop, offers } = await live();
    mood.now = 'full';
    drop();
    await time.pass(1_500);
    link.host.setParameters({ strength: 2 });
    expect(media.legs[0]!.sent).toEqual([{ strength: 2 }]);
    mood.now = 'kind';
    await time.pass(10_000);
    expect(link.host.status().state.phase).toBe('live');
    expect(media.legs[0]!.sent).toEqual([{ strength: 2 }]);
    expect(offers()).toHaveLength(1);
  });

  it('A34 A35: are kept, coalesced, and in the offer of the new session, once', async () => {
    const { time, mood, media, link, drop, offers } = await live();
    mood.now = 'full';
    media.legs[0]!.channel = 'closed';
    media.legs[0]!.listener.channelClosed();
    drop();
    await time.pass(3_500);
    for (const strength of [2, 3, 4]) link.host.setParameters({ strength });
    link.host.setParameters({ tint: 9 });
    mood.now = 'forgetful';
    await time.pass(20_000);
    expect(link.host.status().state.phase).toBe('live');
    expect(offers().at(-1)).toEqual({ strength: 4, gain: 1, tint: 9 });
    expect(media.legs.flatMap(({ sent }) => sent)).toEqual([]);
  });

  it('A36: are copied when they are set, and not looked at again', async () => {
    const { time, mood, link, drop, offers } = await live();
    const ink = [0, 0, 0];
    mood.now = 'full';
    drop();
    await time.pass(1_500);
    link.host.setParameters({ ink });
    ink[0] = 1;
    ink.push(5);
    mood.now = 'forgetful';
    await time.pass(20_000);
    expect(offers().at(-1)).toEqual({ strength: 1, gain: 1, ink: [0, 0, 0] });
  });

  it('A37: are forgotten by stop: the start after it sends exactly what it is given', async () => {
    const { time, mood, runner, media, link, drop, offers } = await live();
    mood.now = 'full';
    drop();
    await time.pass(1_500);
    link.host.setParameters({ strength: 5, tint: 5 });
    const stopped = link.host.stop();
    await time.pass(2_000);
    await stopped;
    link.host.setParameters({ tint: 6 });
    mood.now = 'kind';
    link.start(runner.url, { parameters: { shade: 1 } });
    await time.pass(1_000);
    expect(link.host.status().state.phase).toBe('live');
    expect(offers().at(-1)).toEqual({ shade: 1 });
    const loads = runner.peers.at(-1)!.received.filter(({ method }) => method === 'POST');
    expect(loads.map(({ body }) => body)).toEqual([{ pipeline_id: 'sketch', parameters: { shade: 1 } }]);
    expect(media.legs.at(-1)!.sent).toEqual([]);
  });
});
