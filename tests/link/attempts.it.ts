import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../faults/virtual-time.ts';
import { capable, resumeTokenOf } from './capable.ts';
import { linkStage } from './link-stage.ts';
import type { LinkUnderTest } from './link-under-test.ts';
import { agreeable, type Script, type ScriptedPeer, type ScriptedRunner } from './scripted-runner.ts';

const { runnerThat, newLink } = linkStage();

/** A runner that can be told to turn everybody away, and says when who came. */
class Moody {
  mood: 'kind' | 'full' = 'kind';
  readonly arrivals: string[] = [];
  runner!: ScriptedRunner;
  readonly #time: VirtualTime;
  readonly #greet: Script['greet'];
  #since = 0;

  private constructor(time: VirtualTime, greet: Script['greet']) {
    this.#time = time;
    this.#greet = greet;
  }

  static async listen(time: VirtualTime, greet = capable()): Promise<Moody> {
    const moody = new Moody(time, greet);
    moody.runner = await runnerThat({ greet: (peer) => moody.#receive(peer) });
    return moody;
  }

  /** From now on; arrivals are written down anew, with the milliseconds since. */
  turn(mood: 'kind' | 'full', since = this.#time.monotonic()): void {
    this.mood = mood;
    this.#since = since;
    this.arrivals.length = 0;
  }

  drop(): void {
    this.runner.peers.at(-1)!.socket.terminate();
  }

  #receive(peer: ScriptedPeer): void {
    const as = resumeTokenOf(peer) === null ? 'new' : 'resume';
    this.arrivals.push(`${as} after ${this.#time.monotonic() - this.#since}`);
    if (this.mood === 'full') peer.socket.close(1013);
    else this.#greet(peer);
  }
}

const base: Script['greet'] = (peer) => peer.send({ type: 'ready' });

async function liveOn(moody: Moody, time: VirtualTime, more: object = {}): Promise<LinkUnderTest> {
  const link = newLink({ clock: time });
  link.start(moody.runner.url, more);
  await time.pass(20_000);
  expect(link.host.status().state.phase).toBe('live');
  return link;
}

const fallback = ({ runner }: Moody, token: string | null = null) => [
  { name: 'fallback', url: runner.url, token },
];

describe('an always failing runner', () => {
  it('A22: sees exactly four attempts of each strategy, at once, then after 1, 2 and 4 s', async () => {
    const time = new VirtualTime();
    const [home, away] = [await Moody.listen(time), await Moody.listen(time)];
    const link = await liveOn(home, time, { fallbacks: fallback(away) });
    for (const moody of [home, away]) moody.turn('full');
    home.drop();
    await time.pass(25_000);
    expect(home.arrivals).toEqual([
      'resume after 0',
      'resume after 1000',
      'resume after 3000',
      'resume after 7000',
      'new after 7000',
      'new after 8000',
      'new after 10000',
      'new after 14000',
    ]);
    expect(away.arrivals).toEqual([
      'new after 14000',
      'new after 15000',
      'new after 17000',
      'new after 21000',
    ]);
    expect(link.host.status().state).toMatchObject({ phase: 'failed', attempts: 12 });
    expect(link.told('timeline')).toContain('Reconnection failed after 12 attempts');
  });

  it('A22: sees the slow tries apart from those, every 30 s and at each endpoint in turn', async () => {
    const time = new VirtualTime();
    const [home, away] = [await Moody.listen(time, base), await Moody.listen(time, base)];
    const link = await liveOn(home, time, { fallbacks: fallback(away) });
    for (const moody of [home, away]) moody.turn('full');
    home.drop();
    await time.pass(14_000);
    expect(link.host.status().state).toMatchObject({ phase: 'failed', attempts: 8 });
    for (const moody of [home, away]) moody.turn('full');
    await time.pass(125_000);
    expect(home.arrivals).toEqual(['new after 30000', 'new after 90000']);
    expect(away.arrivals).toEqual(['new after 60000', 'new after 120000']);
    expect(link.host.status().state).toMatchObject({ phase: 'failed', attempts: 8 });
    home.turn('kind');
    await time.pass(30_000);
    expect(link.host.status().state.phase).toBe('live');
  });

  it('A23: is no better for one that takes the link up and drops it before 10 s have passed', async () => {
    const time = new VirtualTime();
    const home = await Moody.listen(time, base);
    const link = await liveOn(home, time);
    home.turn('kind');
    for (let drop = 1; drop <= 4; drop += 1) {
      home.drop();
      await time.pass(9_000);
      expect(link.host.status().state.phase).toBe('live');
    }
    home.drop();
    await time.pass(1_000);
    expect(link.host.status().state).toMatchObject({ phase: 'failed', attempts: 4 });
    expect(home.arrivals).toHaveLength(4);
  });

  it('A23: sees all its attempts again once the link has lasted', async () => {
    const time = new VirtualTime();
    const home = await Moody.listen(time, base);
    const link = await liveOn(home, time);
    for (let drop = 1; drop <= 12; drop += 1) {
      home.turn('kind');
      home.drop();
      await time.pass(10_100);
      expect(home.arrivals).toEqual(['new after 0']);
    }
    expect(link.host.status().state.phase).toBe('live');
  });
});

describe('a strategy that failed', () => {
  it('A21 A34: gives way to the next, to a fallback with its own token and the latest parameters', async () => {
    const time = new VirtualTime();
    const [home, away] = [await Moody.listen(time), await Moody.listen(time)];
    const link = await liveOn(home, time, { token: 'home token', fallbacks: fallback(away, 'away token') });
    home.turn('full');
    home.drop();
    await time.pass(5_000);
    link.host.setParameters({ strength: 0.3 });
    await time.pass(10_000);
    expect(link.host.status()).toMatchObject({ state: { phase: 'live' }, endpoint: { name: 'fallback' } });
    const [peer] = away.runner.peers;
    expect(peer!.upgrade.headers.authorization).toBe('Bearer away token');
    expect(resumeTokenOf(peer!)).toBeNull();
    expect(peer!.said('offer')).toMatchObject([{ initialParameters: { strength: 0.3 } }]);
    expect(home.runner.peers.at(-1)!.upgrade.headers.authorization).toBe('Bearer home token');
    expect(link.told('timeline').at(-1)).toBe('Live on another runner');
  });

  it('A21: is the first again in the next episode, also after all have failed', async () => {
    const time = new VirtualTime();
    const home = await Moody.listen(time);
    const link = await liveOn(home, time);
    home.turn('full');
    home.drop();
    await time.pass(20_000);
    expect(link.host.status().state.phase).toBe('failed');
    home.turn('kind');
    await time.pass(45_000);
    expect(link.host.status().state.phase).toBe('live');
    home.turn('kind');
    home.drop();
    await time.pass(1_000);
    expect(home.arrivals).toEqual(['resume after 0']);
    expect(link.host.status().state.phase).toBe('live');
  });
});

describe('the time of an episode', () => {
  it('A22: stands still while a runner with an open socket is waited for', async () => {
    const time = new VirtualTime();
    let count = 0;
    const runner = await runnerThat({
      greet(peer) {
        count += 1;
        if (count !== 2) peer.send({ type: 'ready' });
      },
      answer: (message, peer) => (count > 1 && message.type === 'offer' ? null : agreeable(message, peer)),
    });
    const link = newLink({ clock: time });
    link.start(runner.url);
    await time.pass(20_000);
    runner.peers[0]!.socket.terminate();
    await time.pass(179_000);
    expect(link.host.status().state).toMatchObject({ phase: 'recovering', attempt: 1, stage: 'waiting' });
    runner.peers[1]!.send({ type: 'ready' });
    // All of the 120 s are left, for one offer after the other that nobody answers.
    await time.pass(119_900);
    expect(link.host.status().state.phase).toBe('recovering');
    await time.pass(200);
    expect(link.host.status().state.phase).toBe('failed');
  });
});
