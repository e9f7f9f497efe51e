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
      world.run(400);
      const from = world.now;
      world.cloudEveryMs = 33;
      while (world.label !== 'cloud') world.run(33);
      waits.push(Math.floor((world.now - from) / 1_000));
      if (times === 3) world.run(70_000);
    }
    expect(waits).toEqual([2, 4, 8, 8, 2]);
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
