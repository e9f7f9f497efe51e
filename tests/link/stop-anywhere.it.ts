import { beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../scripts/drive/fault-proxy/seeded-random.ts';
import { VirtualTime } from '../faults/virtual-time.ts';

import { capable } from './capable.ts';
import { linkStage } from './link-stage.ts';
import type { LinkUnderTest } from './link-under-test.ts';
import { untilOpenSockets } from './open-sockets.ts';
import { PlainMedia } from './plain-media.ts';
import { agreeable, type Script, type ScriptedRunner } from './scripted-runner.ts';
import { seed } from './seed.ts';

const { runnerThat, newLink } = linkStage();

/** What a runner does to whoever comes, or to whom it has. */
const moods = ['kind', 'full', 'mute', 'cuts', 'deaf', 'refuses', 'no path', 'no frame'] as const;
type Mood = (typeof moods)[number];

beforeAll(() => {
  console.log(`LINKSPAN_FUZZ_SEED=${seed}`);
});

class World {
  readonly time = new VirtualTime();
  readonly runners: ScriptedRunner[] = [];
  readonly link: LinkUnderTest;
  mood: Mood = 'kind';
  readonly #random = seededRandom(seed);

  constructor() {
    const media = new PlainMedia({
      answered: (leg) => {
        if (this.mood === 'no path') return;
        leg.connect();
        if (this.mood !== 'no frame') leg.listener.firstFrame();
      },
    });
    this.link = newLink({ clock: this.time }, media);
  }

  get arrivals(): number {
    return this.runners.reduce((sum, { peers }) => sum + peers.length, 0);
  }

  get phase(): string {
    return this.link.host.status().state.phase;
  }

  one<Value>(of: readonly Value[]): Value {
    return of[Math.floor(this.#random() * of.length)]!;
  }

  upTo(count: number): number {
    return Math.floor(this.#random() * count);
  }

  script(): Partial<Script> {
    const kind = capable();
    return {
      greet: (peer) => {
        if (this.mood === 'full') peer.socket.close(1013);
        else if (this.mood === 'cuts') peer.socket.terminate();
        else if (this.mood !== 'mute') kind(peer);
      },
      answer: (message, peer) => {
        if (this.mood === 'deaf') return null;
        if (this.mood !== 'refuses' || message.type !== 'offer') return agreeable(message, peer);
        return { type: 'error', error: 'Offer failed: 503' };
      },
    };
  }

  start(): void {
    const [home, away] = this.runners;
    this.link.start(home!.url, { fallbacks: [{ name: 'away', url: away!.url, token: null }] });
  }

  /** Something that begins or disturbs recovery. */
  disturb(): void {
    const { host, media } = this.link;
    this.one([
      () => this.runners.forEach(({ peers }) => peers.at(-1)?.socket.terminate()),
      () => this.runners.forEach(({ peers }) => peers.at(-1)?.send({ type: 'goaway', deadline_ms: 9_000 })),
      () => media.legs.at(-1)?.listener.failed('gone'),
      () => media.legs.at(-1)?.listener.channelClosed(),
      () => host.nudge('network'),
      () => host.nudge('sleep'),
      () => host.retryNow(),
      () => this.start(),
    ])();
  }
}

it('A27: stop at 100 random points of recovery leaves nothing, and a start after it has all attempts', async () => {
  const world = new World();
  const { link, time } = world;
  world.runners.push(await runnerThat(world.script()), await runnerThat(world.script()));
  const stoppedIn = new Map<string, number>();
  for (let round = 0; round < 100; round += 1) {
    const where = `round ${round}`;
    world.mood = 'kind';
    world.start();
    await time.pass(1_000);
    expect(world.phase, where).toBe('live');

    for (let event = world.upTo(4); event >= 0; event -= 1) {
      world.mood = world.one(moods);
      world.disturb();
      await time.pass(world.one([0, 1, 500, 3_000, 20_000, 60_000]));
    }
    world.mood = world.one(moods);
    world.disturb();
    // Not only when all is quiet.
    for (let turn = world.upTo(6); turn > 0; turn -= 1) await new Promise((resolve) => setImmediate(resolve));
    stoppedIn.set(world.phase, (stoppedIn.get(world.phase) ?? 0) + 1);
    const stopped = link.host.stop();
    expect(world.phase, where).toBe('idle');
    await time.pass(1_000);
    await stopped;
    expect(time.pending, where).toBe(0);

    const { arrivals } = world;
    const { length } = link.states;
    await time.pass(300_000);
    expect(world.arrivals, where).toBe(arrivals);
    expect(link.states.slice(length), where).toEqual([]);
    expect(link.media.open, where).toBe(0);
    await untilOpenSockets(world.runners.length);

    world.mood = 'kind';
    world.start();
    await time.pass(1_000);
    expect(world.phase, where).toBe('live');
    world.mood = 'full';
    const before = world.arrivals;
    world.runners[0]!.peers.at(-1)!.socket.terminate();
    await time.pass(25_000);
    expect(link.host.status().state, where).toMatchObject({ phase: 'failed', attempts: 12 });
    expect(world.arrivals - before, where).toBe(12);
    const again = link.host.stop();
    await time.pass(1_000);
    await again;
  }
  expect(stoppedIn.get('recovering')).toBeGreaterThan(30);
});
