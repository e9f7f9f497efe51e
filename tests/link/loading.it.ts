import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../faults/virtual-time.ts';
import { capable } from './capable.ts';
import { linkStage } from './link-stage.ts';
import { PlayingMedia } from './playing-media.ts';
import { agreeable, type Answer, type ScriptedPeer } from './scripted-runner.ts';

const { runnerThat, newLink } = linkStage();

/** Answers each load when the test says so, everything else at once. */
class SlowLoads {
  readonly asked: { id: string; peer: ScriptedPeer; request: unknown; body: unknown }[] = [];

  readonly answer: Answer = (message, peer) => {
    if (message.method !== 'POST') return agreeable(message, peer);
    const { pipeline_id: id } = message.body as { pipeline_id: string };
    this.asked.push({ id, peer, request: message.request_id, body: message.body });
    return null;
  };

  get body(): unknown {
    return this.asked.at(-1)!.body;
  }

  finish(): void {
    const { peer, request } = this.asked.at(-1)!;
    peer.send({ type: 'api_response', request_id: request, status: 200, data: {} });
  }
}

async function connecting() {
  const time = new VirtualTime();
  const loads = new SlowLoads();
  let greet = capable();
  const runner = Object.assign(await runnerThat({ greet: (peer) => greet(peer), answer: loads.answer }), {
    /** As one that was started anew. */
    forgetSessions: () => (greet = capable()),
  });
  const media = new PlayingMedia(time);
  const link = newLink({ clock: time }, media);
  link.start(runner.url);
  await time.pass(0);
  return { time, loads, runner, media, link };
}

/** Live, and then loading another pipeline while no frame comes. */
async function changing() {
  const scene = await connecting();
  scene.loads.finish();
  await scene.time.pass(2_000);
  expect(scene.link.host.status().state.phase).toBe('live');
  scene.link.start(scene.runner.url, { pipelineId: 'thermal', parameters: { palette: 2 } });
  await scene.time.pass(100);
  scene.media.freeze(scene.media.legs[0]!);
  return scene;
}

describe('A66: a load that takes 20 s', () => {
  it('is shown as the stage of a first connection, which then goes on', async () => {
    const { time, loads, runner, link } = await connecting();
    await time.pass(20_000);
    expect(link.host.status().state).toMatchObject({ phase: 'connecting', stage: 'loading' });
    loads.finish();
    await time.pass(100);
    expect(link.host.status().state.phase).toBe('live');
    expect(runner.peers).toHaveLength(1);
  });

  it('while live and without a picture raises no alarm', async () => {
    const { time, loads, runner, media, link } = await changing();
    const { length } = link.states;
    await time.pass(20_000);
    expect(link.host.status().state).toMatchObject({ phase: 'live', loading: 'thermal' });
    loads.finish();
    await time.pass(500);
    media.play(media.legs[0]!);
    await time.pass(10_000);
    expect(new Set(link.states.slice(length).map(({ phase }) => phase))).toEqual(new Set(['live']));
    expect(link.host.status()).toMatchObject({ pipelineId: 'thermal', state: { loading: null } });
    expect(runner.peers[0]!.said('offer')).toHaveLength(1);
    expect(media.legs).toHaveLength(1);
  });

  it('and brings no picture afterwards is followed by a stall as any other silence', async () => {
    const { time, loads, link } = await changing();
    await time.pass(20_000);
    loads.finish();
    await time.pass(900);
    expect(link.host.status().state.phase).toBe('live');
    await time.pass(300);
    expect(link.states.findLast(({ phase }) => phase === 'degraded')).toMatchObject({ reason: 'stalled' });
  });

  it('goes on beside media that has to be made anew meanwhile', async () => {
    const { time, loads, runner, media, link } = await changing();
    media.legs[0]!.listener.failed('gone');
    await time.pass(5_000);
    expect(link.host.status().state.phase).toBe('live');
    loads.finish();
    await time.pass(100);
    expect(link.host.status()).toMatchObject({ pipelineId: 'thermal' });
    expect(runner.peers).toHaveLength(1);
    expect(loads.asked.map(({ id }) => id)).toEqual(['sketch', 'thermal']);
  });
});

describe('A66: a load in the middle of which signalling is lost', () => {
  const lost = async () => {
    const scene = await changing();
    scene.link.host.setParameters({ strength: 0.2 }, 'sketch');
    scene.runner.peers[0]!.socket.terminate();
    await scene.time.pass(100);
    return scene;
  };

  it('is told of; a session that is resumed is given the pipeline before, for nobody knows which it has', async () => {
    const { time, loads, runner, media, link } = await lost();
    expect(runner.peers).toHaveLength(2);
    expect(loads.asked.map(({ id, peer }) => `${id} ${runner.peers.indexOf(peer)}`)).toEqual([
      'sketch 0',
      'thermal 0',
      'sketch 1',
    ]);
    expect(loads.body).toEqual({ pipeline_id: 'sketch', parameters: { strength: 0.2 } });
    await time.pass(20_000);
    expect(link.host.status()).toMatchObject({ pipelineId: 'sketch', state: { phase: 'live' } });
    loads.finish();
    await time.pass(100);
    media.play(media.legs[0]!);
    await time.pass(5_000);
    expect(new Set(link.states.map(({ phase }) => phase))).not.toContain('degraded');
    expect(link.events.filter(({ type }) => type === 'notice')).toHaveLength(1);
    expect(loads.asked).toHaveLength(3);
  });

  it('and once more: it is as uncertain as before', async () => {
    const { time, loads, runner } = await lost();
    runner.peers[1]!.socket.terminate();
    await time.pass(2_000);
    expect(runner.peers).toHaveLength(3);
    expect(loads.asked.at(-1)).toMatchObject({ id: 'sketch', peer: runner.peers[2] });
    loads.finish();
    await time.pass(100);
    runner.peers[2]!.socket.terminate();
    await time.pass(10_000);
    expect(runner.peers).toHaveLength(4);
    expect(loads.asked).toHaveLength(4);
  });
});

describe('A66: a load that kills the runner', () => {
  it('is recovered from as after any loss, with the pipeline before and its parameters', async () => {
    const { time, loads, runner, media, link } = await changing();
    link.host.setParameters({ strength: 0.2 }, 'sketch');
    runner.forgetSessions();
    runner.peers[0]!.socket.terminate();
    await time.pass(1_000);
    expect(link.host.status().state).toMatchObject({ phase: 'recovering', stage: 'loading' });
    expect(loads.body).toEqual({ pipeline_id: 'sketch', parameters: { strength: 0.2 } });
    loads.finish();
    await time.pass(1_000);
    expect(link.host.status()).toMatchObject({ pipelineId: 'sketch', state: { phase: 'live' } });
    expect(runner.peers.at(-1)!.said('offer')).toMatchObject([{ initialParameters: { strength: 0.2 } }]);
    expect(link.events.filter(({ type }) => type === 'notice')).toMatchObject([
      { text: expect.stringMatching(/^Pipeline thermal could not be loaded/) as string },
    ]);
    // The runner is known to run it, so that a picture is due again.
    media.freeze(media.legs.at(-1)!);
    await time.pass(1_200);
    expect(link.states.findLast(({ phase }) => phase === 'degraded')).toMatchObject({ reason: 'stalled' });
  });
});
