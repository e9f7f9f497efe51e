import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../faults/virtual-time.ts';
import type { ResumeTicket } from '../../main/link/host.ts';
import { capable, resumeTokenOf, type CapableOptions } from './capable.ts';
import { linkStage } from './link-stage.ts';
import type { LinkUnderTest } from './link-under-test.ts';
import type { ScriptedPeer, ScriptedRunner } from './scripted-runner.ts';

const { runnerThat, newLink } = linkStage();

async function live(options: CapableOptions = {}) {
  const time = new VirtualTime();
  const mood: { now: 'kind' | 'full' } = { now: 'kind' };
  const kind = capable(options);
  const runner = await runnerThat({
    greet: (peer) => (mood.now === 'full' ? peer.socket.close(1013) : kind(peer)),
  });
  const link = newLink({ clock: time });
  link.start(runner.url);
  await time.pass(15_000);
  expect(link.host.status().state.phase).toBe('live');
  return { time, mood, runner, link };
}

const tickets = ({ events }: LinkUnderTest): (ResumeTicket | null)[] =>
  events.flatMap((event) => (event.type === 'resumable' ? [event.ticket] : []));
const tokens = (link: LinkUnderTest): (string | null)[] =>
  tickets(link).map((ticket) => ticket?.token ?? null);
const drop = (runner: ScriptedRunner): void => runner.peers.at(-1)!.socket.terminate();

describe('the ticket to come back with', () => {
  it('is given with the session, renewed with each socket, and taken away by stop', async () => {
    const { time, runner, link } = await live();
    expect(tickets(link)).toEqual([{ url: runner.url, token: 'ticket-1', endpoint: runner.url }]);
    drop(runner);
    await time.pass(100);
    link.host.nudge('sleep');
    await time.pass(100);
    expect(runner.peers.map(resumeTokenOf)).toEqual([null, 'ticket-1', 'ticket-2']);
    await link.host.stop();
    expect(tokens(link)).toEqual(['ticket-1', 'ticket-2', 'ticket-3', null]);
  });

  it('is taken away when the link is given up, and given again by a slow try', async () => {
    const { time, mood, runner, link } = await live();
    mood.now = 'full';
    drop(runner);
    await time.pass(20_000);
    expect(link.host.status().state.phase).toBe('failed');
    expect(tokens(link)).toEqual(['ticket-1', null]);
    mood.now = 'kind';
    await time.pass(60_000);
    expect(tokens(link)).toEqual(['ticket-1', null, 'ticket-2']);
  });

  it('is taken away by an end for good', async () => {
    const { time, runner, link } = await live();
    runner.peers[0]!.send({ type: 'credits_exhausted' });
    await time.pass(100);
    expect(tokens(link)).toEqual(['ticket-1', null]);
  });

  it('is taken away when the user goes to a runner that gives none', async () => {
    const { time, link } = await live();
    const plain = await runnerThat();
    link.start(plain.url);
    await time.pass(2_000);
    expect(link.host.status()).toMatchObject({ state: { phase: 'live' }, endpoint: { url: plain.url } });
    expect(tokens(link)).toEqual(['ticket-1', null]);
  });

  it('of one place is not presented at another', async () => {
    const { time, link } = await live();
    const other = await runnerThat({ greet: capable() });
    link.start(other.url);
    await time.pass(2_000);
    expect(other.peers.map(resumeTokenOf)).toEqual([null]);
    expect(tickets(link).at(-1)).toMatchObject({ endpoint: other.url });
  });

  it('leads to the address that the runner names for itself, behind the same door', async () => {
    const time = new VirtualTime();
    const own = ({ upgrade }: ScriptedPeer) => ({ resume_url: `ws://${upgrade.headers.host}/r/7/ws` });
    const runner = await runnerThat({ greet: capable({ ready: own }) });
    const link = newLink({ clock: time });
    link.start(runner.url, { token: 'secret' });
    await time.pass(1_000);
    drop(runner);
    await time.pass(1_000);
    expect(runner.peers.map(({ upgrade }) => upgrade.url)).toEqual(['/ws', '/r/7/ws']);
    expect(runner.peers[1]!.upgrade.headers.authorization).toBe('Bearer secret');
    expect(link.host.status().endpoint?.url).toBe(runner.url);
  });

  it.each(['ws://203.0.113.9/ws', 'nonsense', 'http://me:you@127.0.0.1/ws'])(
    'S1: does not lead to %s, though the runner says so',
    async (named) => {
      const { time, runner, link } = await live({ ready: () => ({ resume_url: named }) });
      expect(tickets(link)).toEqual([{ url: runner.url, token: 'ticket-1', endpoint: runner.url }]);
      drop(runner);
      await time.pass(100);
      expect(resumeTokenOf(runner.peers[1]!)).toBe('ticket-1');
    },
  );
});

describe('a start with a ticket of before', () => {
  const start = async (resume: (runner: ScriptedRunner) => ResumeTicket, options: CapableOptions = {}) => {
    const { time, runner, link: before } = await live(options);
    const [kept] = tickets(before);
    const link = newLink({ clock: time });
    link.start(runner.url, { resume: resume(runner) });
    await time.pass(1_000);
    return { time, runner, link, kept };
  };
  const ticketTo =
    (token: string) =>
    ({ url }: ScriptedRunner) => ({ url, token, endpoint: url });

  it('takes the session up, and makes its media anew in it, with the pipeline that was asked for', async () => {
    const { runner, link } = await start(ticketTo('ticket-1'), { media: true });
    expect(link.host.status().state.phase).toBe('live');
    const peer = runner.peers[1]!;
    expect(resumeTokenOf(peer)).toBe('ticket-1');
    expect(peer.said('offer')).toMatchObject([{ sessionId: 's1', initialParameters: { strength: 1 } }]);
    expect(peer.received.find(({ method }) => method === 'POST')).toMatchObject({
      body: { pipeline_id: 'sketch', parameters: { strength: 1 } },
    });
    expect(tokens(link)).toEqual(['ticket-2']);
    expect(link.told('timeline')).toContain('The session of before is still there');
  });

  it('goes on as new when the ticket is stale', async () => {
    const { runner, link } = await start(ticketTo('long ago'));
    expect(link.host.status().state.phase).toBe('live');
    const peer = runner.peers[1]!;
    expect(resumeTokenOf(peer)).toBe('long ago');
    expect(peer.said('offer')).toHaveLength(1);
    expect(peer.said('offer')[0]).not.toHaveProperty('sessionId');
    expect(link.states.map(({ phase }) => phase)).not.toContain('failed');
  });

  it('does not use one of another endpoint', async () => {
    const { runner, link } = await start(({ url }) => ({
      url,
      token: 'ticket-1',
      endpoint: 'ws://127.0.0.1:1/ws',
    }));
    expect(resumeTokenOf(runner.peers[1]!)).toBeNull();
    expect(link.host.status().state.phase).toBe('live');
  });

  it('uses it once: a next start has none', async () => {
    const { time, runner, link } = await start(ticketTo('ticket-1'));
    await link.host.stop();
    link.start(runner.url);
    await time.pass(1_000);
    expect(resumeTokenOf(runner.peers[2]!)).toBeNull();
    expect(JSON.stringify(link.logged)).not.toContain('ticket-');
  });
});

describe('a session that an attempt of our own takes over', () => {
  /** The first attempt to come back is given up; the network delivers it after the second was welcomed. */
  async function overtaken(more: (peer: ScriptedPeer, count: number) => void = () => undefined) {
    const time = new VirtualTime();
    let count = 0;
    const runner = await runnerThat({
      greet(peer) {
        count += 1;
        if (count === 2) return peer.socket.terminate();
        if (count > 2) peer.send({ type: 'resumed', session_id: 's1', media: true });
        const ready = { type: 'ready', capabilities: ['resume', 'rebuild'], grace_ms: 15_000 };
        peer.send({ ...ready, resume_token: `ticket-${count}` });
        more(peer, count);
      },
    });
    const link = newLink({ clock: time });
    link.start(runner.url);
    await time.pass(15_000);
    drop(runner);
    await time.pass(60_000);
    return { runner, link };
  }

  it('A17: is taken up once more with the ticket that was good for both, and its picture goes on', async () => {
    const { runner, link } = await overtaken((peer, count) => {
      if (count === 3) peer.socket.close(4001, 'taken over');
    });
    expect(runner.peers.map(resumeTokenOf)).toEqual([null, 'ticket-1', 'ticket-1', 'ticket-1']);
    expect(link.host.status().state.phase).toBe('live');
    expect(link.media.legs.map(({ state }) => state)).toEqual(['connected']);
    expect(tokens(link).at(-1)).toBe('ticket-4');
  });

  it('is left to whoever took it if no earlier attempt had its ticket', async () => {
    const { runner, link } = await overtaken();
    runner.peers.at(-1)!.socket.terminate();
    await link.phase('recovering');
    await link.phase('live');
    runner.peers.at(-1)!.socket.close(4001, 'taken over');
    expect((await link.phase('failed')).fault).toMatchObject({ kind: 'terminated', code: 'TAKEN_OVER' });
    expect(runner.peers.map(resumeTokenOf)).toEqual([null, 'ticket-1', 'ticket-1', 'ticket-3']);
  });
});
