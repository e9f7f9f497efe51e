import { describe, expect, it } from 'vitest';
import { linkDefaults } from '../../main/link/defaults.ts';
import { linkStage } from './link-stage.ts';
import { ManualClock } from './manual-clock.ts';
import { untilOpenSockets } from './open-sockets.ts';
import { PlainMedia } from './plain-media.ts';
import { agreeable, sketch, type Answer } from './scripted-runner.ts';

const { runnerThat, newLink } = linkStage();

describe('a session', () => {
  it('is made step by step, each stage shown, and everything said on the wire', async () => {
    const runner = await runnerThat();
    const link = newLink();
    link.start(runner.url, { token: 'open sesame', parameters: { strength: 0.5, ink: [0, 0, 0] } });
    await link.phase('live');
    const peer = runner.peers[0]!;
    await peer.message('icecandidate');
    const stages = link.states.flatMap((state) => (state.phase === 'connecting' ? [state.stage] : []));
    expect(stages).toEqual(['dialling', 'waiting', 'loading', 'negotiating', 'first-frame']);
    expect(peer.upgrade.headers.authorization).toBe('Bearer open sesame');
    const said = (type: string) => peer.received.filter((message) => message.type === type);
    expect(said('set_user_id')).toMatchObject([{ user_id: 'u1' }]);
    expect(said('api').find(({ method }) => method === 'POST')).toMatchObject({
      path: '/api/v1/pipeline/load',
      body: { pipeline_id: 'sketch', parameters: { strength: 0.5, ink: [0, 0, 0] } },
    });
    expect(said('offer')).toMatchObject([
      {
        sdp: 'offer 1',
        sdp_type: 'offer',
        initialParameters: { strength: 0.5, ink: [0, 0, 0] },
        user_id: 'u1',
      },
    ]);
    expect(said('icecandidate')).toMatchObject([
      { sessionId: 's1', candidate: { candidate: 'candidate:1' } },
    ]);
    expect(link.events).toContainEqual({ type: 'pipelines', pipelines: [sketch] });
    expect(link.host.status()).toMatchObject({
      endpoint: { name: 'test', url: runner.url },
      pipelineId: 'sketch',
    });
    expect(link.media.offers[0]).toMatchObject({ loopbackOnly: true, iceServers: [] });
  });

  it('waits for the page when the link is started before it', async () => {
    const runner = await runnerThat();
    const link = newLink({}, new PlainMedia({ pageAttached: false }));
    link.start(runner.url);
    await link.phase('connecting', ({ stage }) => stage === 'negotiating');
    // Whatever was on its way to the runner or back has arrived when these lines have.
    for (const line of ['one way', 'and back']) {
      runner.peers[0]!.send({ type: 'logs', lines: [line] });
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await link.until(() => link.events.find((event) => event.type === 'logs' && event.lines[0] === line));
    }
    expect(runner.peers[0]!.received.map(({ type }) => type)).not.toContain('get_ice_servers');
    expect(link.host.status().state.phase).toBe('connecting');
    expect(await link.host.attachPage('page')).toEqual({ ok: true, value: { sdp: 'answer to page' } });
    await link.phase('live');
  });

  it('fails with a clear fault when no picture comes', async () => {
    const runner = await runnerThat();
    const clock = new ManualClock();
    const link = newLink({ clock }, new PlainMedia({ answered: (leg) => leg.connect() }));
    link.start(runner.url);
    await link.phase('connecting', ({ stage }) => stage === 'first-frame');
    // The runner's lines keep the heartbeat content, so that only the missing picture counts.
    for (let ms = 0; ms < linkDefaults.firstFrameMs; ms += 2_000) {
      runner.peers[0]!.send({ type: 'logs', lines: [String(ms)] });
      // oxlint-disable-next-line no-await-in-loop -- one interval after the other
      await link.until(() =>
        link.events.find((event) => event.type === 'logs' && event.lines[0] === String(ms)),
      );
      clock.advance(2_000);
    }
    const { fault } = await link.phase('failed');
    expect(fault).toEqual({ kind: 'media-stalled', silentMs: 30_000 });
    await link.host.stop();
    expect(link.media.open).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it.each<[string, Answer, object]>([
    [
      'a refused offer',
      (message, peer) =>
        message.type === 'offer'
          ? { type: 'error', error: 'Offer failed: 400', detail: 'no video' }
          : agreeable(message, peer),
      { kind: 'offer-failed', detail: 'Offer failed: 400: no video' },
    ],
    [
      'a pipeline that cannot be loaded',
      (message, peer) =>
        message.method === 'POST'
          ? { type: 'api_response', status: 404, error: { detail: 'No pipeline “sketch”' } }
          : agreeable(message, peer),
      { kind: 'pipeline-failed', detail: 'No pipeline “sketch”' },
    ],
  ])('shows the fault of %s at once and leaves nothing open', async (_name, answer, fault) => {
    const runner = await runnerThat({ answer });
    const link = newLink();
    link.start(runner.url);
    expect((await link.phase('failed')).fault).toEqual(fault);
    await runner.peers[0]!.closed;
    await link.host.stop();
    expect(link.media.open).toBe(0);
    await untilOpenSockets(1);
  });

  it('looks again while a runner loads on after its answer', async () => {
    let looks = 0;
    const runner = await runnerThat({
      answer: (message, peer) => {
        if (message.method === 'POST') {
          return { type: 'api_response', status: 200, data: { status: 'loading', pipeline_id: 'sketch' } };
        }
        if (message.path !== '/api/v1/pipeline/status') return agreeable(message, peer);
        looks += 1;
        const status = looks < 3 ? 'loading' : 'loaded';
        return { type: 'api_response', status: 200, data: { status, pipeline_id: 'sketch' } };
      },
    });
    const link = newLink({ settings: { loadPollMs: 1 } });
    link.start(runner.url);
    await link.phase('live');
    expect(looks).toBe(3);
  });

  it('goes on without what a base server lacks: list of pipelines, ICE servers', async () => {
    const runner = await runnerThat({
      answer: (message, peer) => {
        if (message.method === 'GET') return { type: 'api_response', status: 404, error: 'Not found' };
        if (message.type === 'get_ice_servers') return { type: 'error', error: 'Unknown message type' };
        return agreeable(message, peer);
      },
    });
    const link = newLink();
    link.start(runner.url);
    await link.phase('live');
    expect(link.logged.filter((line) => line.startsWith('warn'))).toHaveLength(2);
  });
});

describe('parameters', () => {
  it('A36: are a copy: mutating the caller’s object changes nothing that is sent', async () => {
    const runner = await runnerThat();
    const link = newLink();
    const parameters = { ink: [0, 0, 0] };
    link.start(runner.url, { parameters });
    parameters.ink[0] = 9;
    await link.phase('live');
    expect(await runner.peers[0]!.message('offer')).toMatchObject({ initialParameters: { ink: [0, 0, 0] } });
  });

  it('A34: changed while live go over the channel, and are in the next offer', async () => {
    const runner = await runnerThat();
    const link = newLink();
    link.start(runner.url);
    await link.phase('live');
    link.host.setParameters({ strength: 2 });
    link.host.setParameters({ gain: 3 });
    expect(link.media.legs[0]!.sent).toEqual([{ strength: 2 }, { gain: 3 }]);
    runner.peers[0]!.socket.terminate();
    const peer = await runner.peer(2);
    expect(await peer.message('offer')).toMatchObject({ initialParameters: { strength: 2, gain: 3 } });
  });

  it('A35: changed while the channel is closed are merged, and sent when it opens', async () => {
    const runner = await runnerThat();
    const media = new PlainMedia({ answered: (leg) => leg.listener.connected() });
    const link = newLink({}, media);
    link.start(runner.url);
    await link.phase('connecting', ({ stage }) => stage === 'first-frame');
    link.host.setParameters({ strength: 2 });
    link.host.setParameters({ strength: 3, gain: 1 });
    media.legs[0]!.openChannel();
    expect(media.legs[0]!.sent).toEqual([{ strength: 3, gain: 1 }]);
  });

  it('A37: nothing is kept across stop: a start sends exactly what it is given', async () => {
    const runner = await runnerThat();
    const link = newLink();
    link.start(runner.url, { parameters: { strength: 1 } });
    await link.phase('live');
    link.host.setParameters({ gain: 7 });
    await link.host.stop();
    link.host.setParameters({ tint: 5 });
    link.start(runner.url, { parameters: { palette: 2 } });
    await link.phase('live');
    const [first, second] = runner.peers.map((peer) => peer.received.find(({ type }) => type === 'offer'));
    expect(first?.initialParameters).toEqual({ strength: 1 });
    expect(second?.initialParameters).toEqual({ palette: 2 });
    expect(link.media.legs[1]!.sent).toEqual([]);
  });
});

describe('another pipeline while live', () => {
  const loads =
    (answer: (id: string) => Record<string, unknown>): Answer =>
    (message, peer) =>
      message.method === 'POST'
        ? answer((message.body as { pipeline_id: string }).pipeline_id)
        : agreeable(message, peer);
  const fine = { type: 'api_response', status: 200, data: {} };

  it('is loaded on the same connection, with its parameters', async () => {
    const runner = await runnerThat();
    const link = newLink();
    link.start(runner.url);
    await link.phase('live');
    link.start(runner.url, { pipelineId: 'thermal', parameters: { palette: 2 } });
    expect(link.host.status().state).toMatchObject({ phase: 'live', loading: 'thermal' });
    link.host.setParameters({ gain: 4 }, 'thermal');
    await link.phase('live', ({ loading }) => loading === null);
    expect(link.host.status().pipelineId).toBe('thermal');
    const load = await runner.peers[0]!.message(
      'api',
      ({ body }) => (body as { pipeline_id?: string })?.pipeline_id === 'thermal',
    );
    expect(load.body).toMatchObject({ parameters: { palette: 2 } });
    expect(link.media.legs[0]!.sent).toEqual([{ gain: 4 }]);
    expect(runner.peers).toHaveLength(1);
  });

  it('and back before it is loaded: what is set meanwhile is not lost', async () => {
    const runner = await runnerThat();
    const link = newLink();
    link.start(runner.url);
    await link.phase('live');
    link.start(runner.url, { pipelineId: 'thermal', parameters: {} });
    link.start(runner.url, { pipelineId: 'sketch', parameters: { strength: 2 } });
    link.host.setParameters({ paper: [0, 1, 0] }, 'sketch');
    await link.phase('live', ({ loading }) => loading === null);
    const last = runner.peers[0]!.received.findLast(({ method }) => method === 'POST');
    const parameters = { strength: 2, paper: [0, 1, 0] };
    expect(last?.body).toEqual({ pipeline_id: 'sketch', parameters });
  });

  it('that fails is told, and the one before stays', async () => {
    const runner = await runnerThat({
      answer: loads((id) =>
        id === 'sketch' ? fine : { type: 'api_response', status: 500, error: 'out of memory' },
      ),
    });
    const link = newLink();
    link.start(runner.url);
    await link.phase('live');
    link.start(runner.url, { pipelineId: 'thermal', parameters: {} });
    const notice = await link.until(() => link.events.find((event) => event.type === 'notice'));
    expect(notice.text).toMatch(/^Pipeline thermal could not be loaded/);
    expect(link.told('timeline')).toContain('Pipeline thermal could not be loaded');
    expect(link.host.status()).toMatchObject({
      pipelineId: 'sketch',
      state: { phase: 'live', loading: null },
    });
  });

  it('A66: that kills the runner is recovered from with the one before', async () => {
    const runner = await runnerThat({
      answer: (message, peer) => {
        const { pipeline_id: id } = (message.body ?? {}) as { pipeline_id?: string };
        if (id !== 'thermal') return agreeable(message, peer);
        peer.socket.terminate();
        return null;
      },
    });
    const link = newLink();
    link.start(runner.url);
    await link.phase('live');
    link.start(runner.url, { pipelineId: 'thermal', parameters: {} });
    await runner.peer(2);
    await link.phase('live');
    expect(link.host.status().pipelineId).toBe('sketch');
    expect(link.events.some((event) => event.type === 'notice')).toBe(true);
  });
});
