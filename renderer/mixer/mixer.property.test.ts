import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMadeHere } from '../../shared/bridge/shown.ts';
import { MixWorld } from './fixtures/mix-world.ts';
import { mixDefaults } from './defaults.ts';
import type { MixPolicy } from './mixer-message.ts';
import { fadeFactor, wakeAt } from './outlook.ts';

const policy: fc.Arbitrary<MixPolicy> = fc.record({
  prefer: fc.constantFrom('cloud', 'local'),
  localBeforeCloud: fc.boolean(),
  localWhenSilent: fc.boolean(),
});

const happening = fc.oneof(
  fc.record({ type: fc.constant('cloud' as const), everyMs: fc.constantFrom(null, 16, 33, 140, 500) }),
  fc.record({ type: fc.constant('engine' as const), takesMs: fc.constantFrom(null, 10, 33, 150) }),
  fc.record({ type: fc.constant('policy' as const), policy }),
  fc.record({ type: fc.constant('stuck' as const), stuck: fc.boolean() }),
  fc.record({
    type: fc.constantFrom('cloud-replaced' as const, 'engine-replaced' as const, 'clear' as const),
  }),
);
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;
const story = fc.array(fc.tuple(happening, fc.integer({ min: 0, max: 3_000 })), { maxLength: 40 });

function meet(world: MixWorld, happens: Happening): void {
  switch (happens.type) {
    case 'cloud':
      world.cloudEveryMs = happens.everyMs;
      return;
    case 'engine':
      world.engineTakesMs = happens.takesMs;
      return;
    case 'policy':
      return world.policy(happens.policy);
    case 'stuck':
      return world.stuck(happens.stuck);
    default:
      world.feed({ type: happens.type, now: world.now });
  }
}

/** Plays every story, and looks at the world after each of its steps. */
function always(look: (world: MixWorld) => void, alter = (policy: MixPolicy): MixPolicy => policy): void {
  fc.assert(
    fc.property(policy, story, (policy, steps) => {
      const world = new MixWorld(alter(policy));
      for (const [happens, ms] of steps) {
        meet(world, happens.type === 'policy' ? { ...happens, policy: alter(happens.policy) } : happens);
        look(world);
        world.run(ms);
        look(world);
      }
    }),
  );
}

describe('whatever happens, and in which order', () => {
  it('A61: the local picture takes over from no cloud that fails where the user did not allow it', () => {
    always(
      ({ label }) => expect(['local silent', 'local stuck']).not.toContain(label),
      (policy) => ({ ...policy, localWhenSilent: false }),
    );
  });

  it('what is said is what is seen', () => {
    always((world) => {
      const { shown } = world.state;
      const last = world.emitted.at(-1)?.from;
      if (isMadeHere(shown)) expect(last).toBe('local');
      else if (shown.kind === 'cloud') expect(last).toBe('cloud');
      expect(
        world.told.every(({ since }, index) => index === 0 || since >= world.told[index - 1]!.since),
      ).toBe(true);
    });
  });

  it('no picture stands still for long and is called anything but that', () => {
    always((world) => {
      const { kind } = world.state.shown;
      const slowest = Math.max(3 * 500, mixDefaults.longestPatienceMs) + mixDefaults.localGraceMs;
      if (kind === 'cloud' || kind === 'local')
        expect(world.now - world.lastEmittedAt).toBeLessThanOrEqual(slowest);
    });
  });

  it('the engine runs while its picture is on or awaited, and nothing is kept back while it is idle', () => {
    always((world) => {
      const { shown, policy, keptAt } = world.state;
      if (shown.kind === 'local' || policy.prefer === 'local') expect(world.level).toBe('run');
      if (world.level === 'idle') expect(keptAt).toBeNull();
    });
  });

  it('a wake-up lies ahead, and a picture that stands still has none', () => {
    always((world) => {
      const wake = wakeAt(world.state, world.now);
      if (wake !== null) expect(wake).toBeGreaterThan(world.now);
      const { kind } = world.state.shown;
      if (kind === 'none' || kind === 'held') expect(wake).toBeNull();
      const factor = fadeFactor(world.state, world.now);
      expect(factor > 0 && factor <= 1).toBe(true);
    });
  });

  it('a picture that can go on does: with engine and cloud running there is no gap over a silence', () => {
    fc.assert(
      fc.property(policy, fc.array(fc.tuple(policy, fc.integer({ min: 0, max: 900 }))), (first, policies) => {
        const world = new MixWorld(first);
        world.cloudEveryMs = 33;
        for (const [policy, ms] of policies) {
          world.policy(policy);
          world.run(ms);
        }
        expect(world.longestGapMs).toBeLessThan(67);
      }),
    );
  });
});
