import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EngineEvent, EngineWorld } from './fixtures/engine-world.ts';
import { playPage } from './fixtures/play-page.ts';

playPage();

type Types = EngineEvent['type'];
const plain = <Type extends Types>(...types: Type[]): fc.Arbitrary<Type> => fc.constantFrom(...types);
const worker = fc.constantFrom(0 as const, 1 as const);
const event: fc.Arbitrary<EngineEvent> = fc.oneof(
  fc.record({
    type: plain('load'),
    id: fc.constantFrom('sketch' as const, 'thermal' as const, 'passthrough' as const, 'own' as const),
  }),
  fc.record({ type: plain('loaded'), provider: fc.constantFrom('wasm' as const, 'webgpu' as const) }),
  fc.record({ type: plain('loaded'), provider: fc.constant('wasm' as const) }),
  fc.record({ type: plain('set'), value: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ type: plain('figures'), runMs: fc.constantFrom(5, 25, 25) }),
  fc.record({ type: plain('crash', 'hang', 'break', 'lose-device'), worker }),
  fc.record({ type: plain('unload', 'load-failed') }),
  fc.record({ type: plain('wait'), seconds: fc.integer({ min: 1, max: 70 }) }),
);

/** Plays every story, and looks at the world after each of its steps. */
function always(look: (world: EngineWorld) => void): void {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const world = new EngineWorld();
      world.meet({ type: 'load', id: 'sketch' });
      world.meet({ type: 'loaded', provider: 'wasm' });
      for (const each of events) {
        world.meet(each);
        look(world);
      }
      world.bench.engine.dispose();
      expect(world.live).toEqual([]);
      expect(world.bench.clones.every(({ stopped }) => stopped)).toBe(true);
    }),
    { numRuns: 300 },
  );
}

describe('whatever happens to the workers, and in which order', () => {
  it('two live at most, each with a source of its own, and none of those that ended', () => {
    always(({ bench, live }) => {
      expect(live.length).toBeLessThanOrEqual(2);
      expect(bench.clones.filter(({ stopped }) => !stopped)).toHaveLength(live.length);
    });
  });

  it('a model that is said to be ready is loaded and works, with the latest parameters', () => {
    always(({ bench, live, inside, wanted }) => {
      const { state } = bench;
      if (state.phase !== 'ready') return;
      const loaded = live.map((each) => inside.get(each));
      const ready = loaded.find((each) => each?.id === state.pipelineId && each.works);
      expect(ready).toBeDefined();
      if (wanted?.id === state.pipelineId) expect(ready?.parameters).toEqual(wanted.parameters);
    });
  });
});
