import { describe, expect, it } from 'vitest';
import { auto, cloudOnly, localOnly, MixWorld, withFallback } from './fixtures/mix-world.ts';

describe('a silent cloud', () => {
  it('A60: gives way to the local picture after 220 ms, with a frame that was computed ahead', () => {
    const world = MixWorld.steady(withFallback);
    world.cloudEveryMs = null;
    const lastAt = world.lastEmittedAt;
    world.run(119);
    expect(world.level).toBe('idle');
    world.run(100);
    expect([world.level, world.label, world.lastEmittedAt]).toEqual(['run', 'cloud', lastAt]);
    world.run(5);
    expect(world.label).toBe('local silent');
    expect(world.emitted.find(({ from }) => from === 'local')!.at - lastAt).toBe(220);
    world.run(1_000);
    expect(world.emitted.filter(({ from }) => from === 'local').length).toBeGreaterThan(25);
  });

  it('A60: counts as silent after three of its usual intervals when it is slow, and is computed ahead of later', () => {
    const world = new MixWorld(cloudOnly);
    world.cloudEveryMs = 200;
    world.run(4_000);
    world.policy(withFallback);
    world.cloudEveryMs = null;
    const lastAt = world.lastEmittedAt;
    world.run(lastAt + 290 - world.now);
    expect(world.level).toBe('idle');
    world.run(lastAt + 599 - world.now);
    expect([world.level, world.label]).toEqual(['run', 'cloud']);
    world.run(50);
    expect(world.label).toBe('local silent');
  });

  it('A60: begins with 220 ms anew in a new stream, and measures from the last picture', () => {
    const world = new MixWorld(cloudOnly);
    world.cloudEveryMs = 200;
    world.run(4_000);
    world.policy(withFallback);
    world.cloudEveryMs = null;
    world.run(100);
    world.feed({ type: 'cloud-replaced', now: world.now });
    world.run(130);
    expect(world.label).toBe('local silent');
  });

  it('shows no frame that was computed too long ago, but the next one', () => {
    const world = new MixWorld(cloudOnly);
    world.cloudEveryMs = 200;
    world.run(4_000);
    world.policy(withFallback);
    world.cloudEveryMs = null;
    const lastAt = world.lastEmittedAt;
    world.run(lastAt + 340 - world.now);
    expect(world.state.keptAt).toBe(lastAt + 333);
    world.engineTakesMs = null;
    world.run(300);
    expect([world.label, world.state.keptAt]).toEqual(['cloud', null]);
    world.engineTakesMs = 33;
    world.feed({ type: 'tick', now: world.now });
    world.run(40);
    expect(world.label).toBe('local silent');
  });

  it('A60: is waited for by a slow engine under its own label, and said to be held when none comes', () => {
    const world = MixWorld.steady(withFallback);
    world.engineTakesMs = 400;
    world.cloudEveryMs = null;
    const lastAt = world.lastEmittedAt;
    world.run(500);
    expect(world.label).toBe('cloud');
    world.run(100);
    expect([world.label, world.lastEmittedAt]).toEqual(['local silent', lastAt + 520]);

    const alone = MixWorld.steady(withFallback);
    alone.engineTakesMs = null;
    alone.cloudEveryMs = null;
    alone.run(719);
    expect(alone.label).toBe('cloud');
    alone.run(5);
    expect([alone.label, alone.level]).toEqual(['held silent', 'run']);
  });

  it('A60: that was only late goes on, and what was computed ahead is forgotten', () => {
    const world = MixWorld.steady(withFallback);
    world.cloudEveryMs = null;
    world.run(190);
    expect(world.state.keptAt).not.toBeNull();
    world.cloudFrame();
    expect([world.label, world.level, world.state.keptAt]).toEqual(['cloud', 'idle', null]);
  });

  it('A61: is held where the user did not choose the fallback, and shown with its first frame again', () => {
    const world = MixWorld.steady(cloudOnly);
    world.cloudEveryMs = null;
    world.run(219);
    expect(world.label).toBe('cloud');
    world.run(5);
    expect([world.label, world.level]).toEqual(['held silent', 'idle']);
    world.run(5_000);
    world.cloudFrame();
    expect(world.label).toBe('cloud');
    expect(world.told.map(({ kind }) => kind)).toEqual(['cloud', 'held', 'cloud']);
  });

  it('A61: gives way to no local frame that was still on its way when the fallback was switched off', () => {
    const world = MixWorld.steady(cloudOnly);
    world.cloudEveryMs = null;
    world.run(215);
    // Later than the silence, before the timer.
    world.now += 20;
    world.feed({ type: 'local-frame', now: world.now });
    world.stuck(true);
    world.feed({ type: 'local-frame', now: world.now });
    world.run(1_000);
    world.feed({ type: 'local-frame', now: world.now });
    expect(world.label).toBe('held silent');
    expect(world.switches).toBe(0);
  });

  it('A60: gives way while it is held, once the fallback is allowed', () => {
    const world = MixWorld.steady(cloudOnly);
    world.cloudEveryMs = null;
    world.run(2_000);
    world.policy(withFallback);
    expect([world.level, world.label]).toEqual(['run', 'held silent']);
    world.run(40);
    expect(world.label).toBe('local silent');
  });

  it('is silent too when its connection was ended on purpose', () => {
    const world = MixWorld.steady(withFallback);
    world.cloudEveryMs = null;
    world.feed({ type: 'cloud-replaced', now: world.now });
    world.run(260);
    expect(world.label).toBe('local silent');
  });
});

describe('a stuck cloud', () => {
  it('A60: gives way though its frames go on, and never flickers', () => {
    const world = MixWorld.steady(withFallback);
    world.stuck(true);
    expect(world.level).toBe('run');
    world.run(40);
    expect(world.label).toBe('local stuck');
    world.run(10_000);
    expect([world.label, world.switches]).toEqual(['local stuck', 1]);
    expect(world.longestGapMs).toBeLessThan(67);
  });

  it('A61: counts as steady only from when it is not stuck any more', () => {
    const world = MixWorld.steady(withFallback);
    world.stuck(true);
    world.run(10_000);
    world.stuck(false);
    world.run(1_990);
    expect(world.label).toBe('local stuck');
    world.run(60);
    expect(world.label).toBe('cloud');
  });

  it('is held without fallback, and the next frame after it shows again', () => {
    const world = MixWorld.steady(cloudOnly);
    world.stuck(true);
    world.run(1_000);
    expect(world.told.map(({ kind }) => kind)).toEqual(['cloud', 'held']);
    expect(world.label).toBe('held stuck');
    world.stuck(false);
    world.run(34);
    expect(world.label).toBe('cloud');
  });
});

describe('a rest of the engine', () => {
  it('is no interval of its frames: when it hangs after the next takeover, that is seen within 1 s', () => {
    const world = MixWorld.steady(withFallback);
    for (let times = 0; times < 10; times += 1) {
      // Late by as much as one frame is computed ahead in.
      world.cloudEveryMs = null;
      world.run(160);
      world.cloudEveryMs = 33;
      world.run(10_000);
    }
    world.cloudEveryMs = null;
    world.run(230);
    expect(world.label).toBe('local silent');
    world.engineTakesMs = null;
    world.run(1_100);
    expect(world.label).toBe('held engine');
  });
});

describe('a stop', () => {
  it('forgets the picture and drops frames that were on their way, then begins as at first', () => {
    const world = new MixWorld(localOnly);
    world.feed({ type: 'tick', now: 0 });
    world.run(1_000);
    world.feed({ type: 'clear', now: world.now });
    world.feed({ type: 'local-frame', now: world.now + 100 });
    world.feed({ type: 'cloud-frame', now: world.now + 110 });
    expect(world.label).toBe('none');
    world.run(1_000);
    expect(world.label).toBe('local chosen');
  });
});

describe('waking up', () => {
  it('happens for a live cloud’s picture only, and not for every frame', () => {
    const world = MixWorld.steady(withFallback);
    expect(world.wakeUps).toBe(0);
    world.cloudEveryMs = null;
    world.run(1_000);
    const fading = world.wakeUps;
    expect(fading).toBeLessThan(15);
    world.run(60_000);
    expect(world.wakeUps).toBe(fading);
    for (const still of [new MixWorld(cloudOnly), new MixWorld(auto), new MixWorld(localOnly)]) {
      still.run(60_000);
      expect(still.wakeUps).toBe(0);
    }
    const held = MixWorld.steady(cloudOnly);
    held.cloudEveryMs = null;
    held.run(60_000);
    expect(held.wakeUps).toBe(1);
  });
});
