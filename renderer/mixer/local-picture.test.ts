import { describe, expect, it } from 'vitest';
import { auto, cloudOnly, localOnly, MixWorld, withFallback } from './fixtures/mix-world.ts';

describe('the local picture', () => {
  it('shows before the cloud where it may, and gives way to its first frame', () => {
    const world = new MixWorld(auto);
    expect(world.level).toBe('run');
    world.feed({ type: 'tick', now: 0 });
    world.run(1_000);
    expect(world.label).toBe('local before-cloud');
    world.cloudFrame();
    expect([world.label, world.emitted.at(-1)!.from]).toEqual(['cloud', 'cloud']);
  });

  it('is neither computed nor shown before the cloud where it may not', () => {
    const world = new MixWorld(withFallback);
    world.feed({ type: 'local-frame', now: 0 });
    world.run(1_000);
    expect([world.label, world.level, world.emitted]).toEqual(['none', 'idle', []]);
  });

  it('A61: keeps the cloud waiting for nothing when it is chosen no more', () => {
    const world = new MixWorld(localOnly);
    world.feed({ type: 'tick', now: 0 });
    world.run(1_000);
    expect(world.label).toBe('local chosen');
    world.cloudEveryMs = 33;
    world.run(100);
    expect(world.label).toBe('local chosen');
    world.cloudEveryMs = null;
    world.policy(cloudOnly);
    world.run(1_000);
    expect(world.label).toBe('local before-cloud');
    world.cloudEveryMs = 33;
    world.run(40);
    expect(world.label).toBe('cloud');
    expect(world.longestGapMs).toBeLessThan(67);
  });

  it('takes the place of the cloud’s with its first frame when it is chosen; until then the cloud’s goes on', () => {
    const world = MixWorld.steady(cloudOnly);
    world.engineTakesMs = 900;
    world.policy(localOnly);
    world.run(890);
    expect(world.label).toBe('cloud');
    world.run(20);
    expect(world.label).toBe('local chosen');
    expect(world.longestGapMs).toBeLessThan(67);
  });

  it('gives way at once when its own frames stop and the cloud’s come', () => {
    const world = MixWorld.fallenBack();
    world.engineTakesMs = null;
    world.run(5_000);
    world.cloudFrame();
    expect(world.label).toBe('cloud');
  });

  it.each([
    ['local chosen', localOnly, 'local chosen'],
    ['local before-cloud', auto, 'local before-cloud'],
    ['local silent', withFallback, 'local silent'],
  ])(
    'that stops is said to (%s), with its last one on, and is back with its next',
    (before, policy, back) => {
      const world = before === 'local silent' ? MixWorld.fallenBack() : new MixWorld(policy);
      world.feed({ type: 'tick', now: world.now });
      world.run(500);
      expect(world.label).toBe(before);
      const switches = world.state.fallbacks.length;
      world.engineTakesMs = null;
      world.run(900);
      expect(world.label).toBe(before);
      world.run(200);
      expect([world.label, world.level]).toEqual(['held engine', 'run']);
      world.engineTakesMs = 33;
      world.feed({ type: 'engine-replaced', now: world.now });
      world.run(40);
      expect(world.label).toBe(back);
      expect(world.state.fallbacks).toHaveLength(switches);
    },
  );

  it('that was chosen and stops does not give way to a cloud that is not wanted', () => {
    const world = new MixWorld(localOnly);
    world.feed({ type: 'tick', now: 0 });
    world.run(500);
    world.engineTakesMs = null;
    world.cloudEveryMs = 33;
    world.run(2_000);
    expect(world.label).toBe('held engine');
    world.policy(withFallback);
    world.run(40);
    expect(world.label).toBe('cloud');
  });

  it('of a slow model is not said to have stopped, also while its pace is not known', () => {
    const world = new MixWorld(localOnly);
    world.engineTakesMs = 900;
    world.feed({ type: 'tick', now: 0 });
    world.run(1_900);
    world.engineTakesMs = 2_000;
    world.feed({ type: 'tick', now: world.now });
    world.run(8_000);
    expect(world.told.map(({ kind }) => kind)).toEqual(['local']);
  });

  it('A61: stands still, and says so, once the user wants none in the cloud’s place', () => {
    const world = MixWorld.fallenBack();
    world.policy(cloudOnly);
    expect([world.label, world.level]).toEqual(['held silent', 'idle']);
    world.cloudFrame();
    expect(world.label).toBe('cloud');
  });

  it('stays when the engine is exchanged and its successor is quick', () => {
    const world = MixWorld.fallenBack();
    world.run(1_000);
    world.cloudEveryMs = 33;
    world.feed({ type: 'engine-replaced', now: world.now });
    world.run(500);
    expect(world.label).toBe('local silent');
  });

  it('says that it is chosen when it is, though it came as a fallback', () => {
    const world = MixWorld.fallenBack();
    world.policy(localOnly);
    expect(world.label).toBe('local chosen');
    world.policy(withFallback);
    expect(world.label).toBe('local before-cloud');
  });
});
