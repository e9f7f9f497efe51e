import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudOnly, MixWorld, withFallback } from './fixtures/mix-world.ts';

describe('the way back to the cloud', () => {
  it('A61: is taken after 2 s of steady frames, not before', () => {
    const world = MixWorld.fallenBack();
    world.run(10_000);
    world.cloudEveryMs = 33;
    world.run(1_995);
    expect(world.label).toBe('local silent');
    world.run(40);
    expect(world.label).toBe('cloud');
    expect(world.longestGapMs).toBe(220);
  });

  it('A61: begins anew with every silence', () => {
    const world = MixWorld.fallenBack();
    for (let times = 0; times < 5; times += 1) {
      world.cloudEveryMs = 33;
      world.run(1_900);
      world.cloudEveryMs = null;
      world.run(300);
    }
    expect([world.label, world.switches]).toEqual(['local silent', 1]);
  });

  it('A61: is not shortened by frames that come all at once', () => {
    const world = MixWorld.fallenBack();
    world.cloudEveryMs = 1;
    world.run(60);
    world.cloudEveryMs = 210;
    world.run(3_000);
    expect(world.label).toBe('local silent');
  });

  it('is open to a pipeline that is slow but steady', () => {
    const world = new MixWorld(cloudOnly);
    world.cloudEveryMs = 400;
    world.run(10_000);
    world.policy(withFallback);
    world.cloudEveryMs = null;
    world.run(3_000);
    expect(world.label).toBe('local silent');
    world.cloudEveryMs = 400;
    world.run(2_900);
    expect(world.label).toBe('cloud');
  });

  it('A61: takes longer each time within a minute, and 2 s again after it', () => {
    const world = MixWorld.steady(withFallback);
    const waits: number[] = [];
    for (let times = 0; times < 5; times += 1) {
      world.cloudEveryMs = null;
      world.run(1_200);
      const from = world.now;
      world.cloudEveryMs = 33;
      while (world.label !== 'cloud') world.run(33);
      waits.push(Math.floor((world.now - from) / 1_000));
      if (times === 3) world.run(70_000);
    }
    expect(waits).toEqual([2, 4, 8, 8, 2]);
    expect(world.longestGapMs).toBe(220);
  });
});

describe('a cloud that falters but is there', () => {
  const minuteMs = 60_000;
  /** 30 frames a second with a hiccup each 1.5 s, for so long. */
  function* hiccups(forMs: number, hiccupMs: number): Generator<number> {
    for (let ms = 0; ms < forMs; ms += 1_500) {
      yield hiccupMs;
      for (let at = hiccupMs; at < 1_500; at += 33) yield 33;
    }
  }

  it('A61: has its place back within 30 s though it is never steady, and keeps it', () => {
    const world = MixWorld.fallenBack();
    world.cloudFramesAfter(hiccups(28_000, 250));
    expect(world.label).toBe('local silent');
    world.cloudFramesAfter(hiccups(3_000, 250));
    expect(world.label).toBe('cloud');
    world.cloudFramesAfter(hiccups(10 * minuteMs, 250));
    expect([world.label, world.switches]).toEqual(['cloud', 2]);
  });

  it('A60: still gives way when it stops, after twice its usual hiccup, and is trusted no more', () => {
    const world = MixWorld.fallenBack();
    world.cloudFramesAfter(hiccups(2 * minuteMs, 250));
    const lastAt = world.lastEmittedAt;
    world.run(499);
    expect(world.label).toBe('cloud');
    world.run(2);
    expect([world.label, world.lastEmittedAt - lastAt]).toEqual(['local silent', 500]);
    world.cloudFramesAfter(hiccups(20_000, 250));
    expect(world.label).toBe('local silent');
  });

  it('A60: is silent after 220 ms again once it has not faltered for a minute', () => {
    const world = MixWorld.fallenBack();
    world.cloudFramesAfter(hiccups(31_500, 250));
    world.cloudEveryMs = 33;
    world.run(61_000);
    world.cloudEveryMs = null;
    const lastAt = world.lastEmittedAt;
    world.run(230);
    expect([world.label, world.lastEmittedAt - lastAt]).toEqual(['local silent', 220]);
  });

  it('A61: has it back from no local picture while it is gone for half of the time', () => {
    const world = MixWorld.fallenBack();
    world.cloudFramesAfter(hiccups(10 * minuteMs, 750));
    expect([world.label, world.switches]).toEqual(['local silent', 1]);
  });

  /** Frames that come at any time, as those that waited for a processor or for packets do. */
  function* anyTime(forMs: number, meanMs: number, seed: number): Generator<number> {
    let state = seed;
    for (let ms = 0, wait; ms < forMs; ms += wait) {
      state = (state * 16_807) % 2_147_483_647;
      wait = -meanMs * Math.log(state / 2_147_483_647);
      yield wait;
    }
  }

  it('A61: is on for most of the time, and not for seconds only, whatever its jitter', () => {
    const mean = fc.integer({ min: 40, max: 90 });
    const seed = fc.integer({ min: 1, max: 2_147_483_646 });
    fc.assert(
      fc.property(mean, seed, (meanMs, seed) => {
        const world = MixWorld.fallenBack();
        world.cloudFramesAfter(anyTime(2 * minuteMs, meanMs, seed));
        const settledAt = world.emitted.length;
        world.cloudFramesAfter(anyTime(2 * minuteMs, meanMs, seed));
        const late = world.emitted.slice(settledAt);
        expect(late.filter(({ from }) => from === 'cloud').length).toBeGreaterThan(late.length / 2);
        expect(world.switches).toBeLessThanOrEqual(12);
      }),
      { numRuns: 5 },
    );
  });
});

describe('a flapping cloud', () => {
  it('A61: makes at most 2 switches in 10 flaps', () => {
    const world = MixWorld.steady(withFallback);
    for (let flaps = 0; flaps < 10; flaps += 1) {
      world.cloudEveryMs = null;
      world.run(500);
      world.cloudEveryMs = 33;
      world.run(1_000);
    }
    world.run(10_000);
    expect([world.label, world.switches]).toEqual(['cloud', 2]);
  });

  const flap = fc.record({
    silentMs: fc.integer({ min: 260, max: 5_000 }),
    everyMs: fc.integer({ min: 15, max: 60 }),
    onMs: fc.integer({ min: 200, max: 1_950 }),
  });

  it('A61: makes at most 2 switches however it flaps, and no gap but the first silence', () => {
    fc.assert(
      fc.property(fc.array(flap, { minLength: 10, maxLength: 12 }), (flaps) => {
        const world = MixWorld.steady(withFallback);
        for (const { silentMs, everyMs, onMs } of flaps) {
          world.cloudEveryMs = null;
          world.run(silentMs);
          world.cloudEveryMs = everyMs;
          world.run(onMs);
        }
        world.run(10_000);
        expect([world.label, world.switches]).toEqual(['cloud', 2]);
        expect(world.longestGapMs).toBeLessThanOrEqual(220);
      }),
    );
  });
});
