import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { switchover, type SwitchEvent, type SwitchState } from './switchover.ts';

const none: SwitchState<string> = { legs: [], active: null };

function run(...events: SwitchEvent<string>[]) {
  return events.reduce(
    ({ state, effects }, event) => {
      const step = switchover(state, event);
      return { state: step.state, effects: [...effects, ...step.effects] };
    },
    { state: none, effects: [] as ReturnType<typeof switchover<string>>['effects'] },
  );
}
const made = (leg: string) => ({ type: 'made', leg }) as const;
const keyFrame = (leg: string) => ({ type: 'key-frame', leg }) as const;
const gone = (leg: string) => ({ type: 'gone', leg }) as const;

describe('switchover', () => {
  it('activates a leg at its first key frame, not before', () => {
    expect(run(made('a')).state.active).toBeNull();
    expect(run(made('a'), keyFrame('a')).effects).toEqual([{ type: 'activate', leg: 'a' }]);
  });

  it('activates the new leg before it closes the old one', () => {
    const { state, effects } = run(made('a'), keyFrame('a'), made('b'), keyFrame('b'));
    expect(effects.slice(1)).toEqual([
      { type: 'activate', leg: 'b' },
      { type: 'close', leg: 'a' },
    ]);
    expect(state).toEqual({ legs: ['b'], active: 'b' });
  });

  it('never switches back to an older leg, however late its key frame comes', () => {
    const { state, effects } = run(made('a'), made('b'), keyFrame('b'), gone('a'), keyFrame('a'));
    expect(state.active).toBe('b');
    expect(effects.filter(({ type }) => type === 'activate')).toEqual([{ type: 'activate', leg: 'b' }]);
  });

  it('leaves newer legs waiting', () => {
    const { state } = run(made('a'), made('b'), made('c'), keyFrame('b'));
    expect(state).toEqual({ legs: ['b', 'c'], active: 'b' });
  });

  it('keeps a standby when the active leg is gone', () => {
    const { state } = run(made('a'), keyFrame('a'), made('b'), gone('a'));
    expect(state).toEqual({ legs: ['b'], active: null });
  });

  it('in any order of events: the active leg is the oldest one kept, and no leg is activated twice', () => {
    const legs = ['a', 'b', 'c', 'd'];
    const event = fc.record({
      type: fc.constantFrom('made', 'key-frame', 'gone' as const),
      leg: fc.constantFrom(...legs),
    });
    fc.assert(
      fc.property(fc.array(event as fc.Arbitrary<SwitchEvent<string>>, { maxLength: 40 }), (events) => {
        let state = none;
        const known = new Set<string>();
        const activated: string[] = [];
        for (const next of events) {
          if (next.type === 'made') {
            if (known.has(next.leg)) continue;
            known.add(next.leg);
          }
          const step = switchover(state, next);
          ({ state } = step);
          for (const effect of step.effects) if (effect.type === 'activate') activated.push(effect.leg);
          if (state.active !== null) expect(state.legs[0]).toBe(state.active);
        }
        expect(new Set(activated).size).toBe(activated.length);
      }),
    );
  });
});
