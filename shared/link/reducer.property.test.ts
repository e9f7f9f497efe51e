import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MachineEffect } from './effect.ts';
import type { MachineEvent } from './event.ts';
import type { Fault } from './fault.ts';
import { dueAt, idleMachine, type LinkMachine } from './machine.ts';
import { createReducer } from './reducer.ts';
import { defaultLinkPolicy } from './retry-policy.ts';
import { selectState } from './select-state.ts';

const { attempts: N } = defaultLinkPolicy.retry;

const fault = fc.constantFrom<Fault>(
  { kind: 'closed', code: 1006, reason: '' },
  { kind: 'unreachable', code: 'ECONNREFUSED' },
  { kind: 'media-failed', detail: '' },
  { kind: 'unauthorised', status: 401 },
  { kind: 'terminated', code: 'X', detail: '' },
);
const pipelineId = fc.constantFrom('sketch', 'thermal');

/** What may happen next. `lag` says of which generation, counted back from the present one. */
const happening = fc.record({
  pause: fc.integer({ min: 0, max: 40_000 }),
  roll: fc.double({ min: 0, max: 0.999, noNaN: true }),
  lag: fc.constantFrom(0, 0, 0, 0, 1, 2, -1),
  what: fc.oneof(
    fc.record({
      type: fc.constant('start' as const),
      change: fc.constantFrom('endpoint' as const, 'pipeline' as const, 'parameters' as const),
      pipelineId,
      onFailure: fc.constantFrom('show' as const, 'retry' as const),
    }),
    fc.constantFrom({ type: 'stop' as const }, { type: 'retry' as const }, { type: 'time' as const }),
    fc.constantFrom({ type: 'picture' as const }, { type: 'stage' as const, stage: 'waiting' as const }),
    fc.record({ type: fc.constant('down' as const), fault }),
    fc.record({ type: fc.constant('loaded' as const), pipelineId }),
    fc.record({ type: fc.constant('load-refused' as const), pipelineId, fault }),
  ),
});

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

/** The world as the effects leave it, with the interpreter's part played by the book. */
class World {
  readonly #reduce = createReducer(defaultLinkPolicy);
  machine: LinkMachine = idleMachine;
  open = new Set<number>();
  ever = new Set<number>();
  wakeAt: number | null = null;
  at = 0;
  last: MachineEffect[] = [];

  happen({ pause, roll, lag, what }: Happening): MachineEvent | null {
    this.at += pause;
    // Time comes only as the timer that was set, or one that just fired late.
    if (what.type === 'time' && this.wakeAt === null) return null;
    if (what.type === 'time') this.at = Math.max(this.at, this.wakeAt!);
    const stamp = { at: this.at, roll };
    const event: MachineEvent =
      what.type === 'time'
        ? { type: 'wake', due: this.wakeAt!, ...stamp }
        : // Commands carry a generation here as well; they must not care.
          Object.assign({ generation: this.machine.generation - lag }, what, stamp);
    const { state, effects } = this.#reduce(this.machine, event);
    this.machine = state;
    this.last = effects;
    for (const effect of effects) this.#apply(effect);
    return event;
  }

  #apply(effect: MachineEffect): void {
    if (effect.type === 'attempt') {
      expect(this.ever.has(effect.generation)).toBe(false);
      this.open.add(effect.generation);
      this.ever.add(effect.generation);
    }
    if (effect.type === 'leave') expect(this.open.delete(effect.generation)).toBe(true);
    if (effect.type === 'wake') this.wakeAt = effect.at;
  }
}

function forAll(check: (world: World, event: MachineEvent, before: LinkMachine) => void): void {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const world = new World();
      for (const next of happenings) {
        const before = world.machine;
        const event = world.happen(next);
        if (event !== null) check(world, event, before);
      }
    }),
    { numRuns: 2_000 },
  );
}

describe('whatever happens in whatever order', () => {
  it('holds at most one connection open, and exactly the present one when live', () => {
    forAll((world) => {
      const { machine } = world;
      const trying = 'step' in machine && machine.step.kind === 'trying';
      const expected = machine.phase === 'connecting' || machine.phase === 'live' || trying;
      expect([...world.open]).toEqual(expected ? [machine.generation] : []);
    });
  });

  it('A22: never counts past the attempts of the policy', () => {
    forAll((world) => {
      const state = selectState(world.machine, N);
      if (state.phase === 'recovering') expect(state.attempt).toBeLessThanOrEqual(N);
      if (state.phase === 'recovering') expect(state.attempt).toBeGreaterThanOrEqual(1);
      if (state.phase === 'failed') expect(state.attempts).toBeLessThanOrEqual(N);
    });
  });

  it('A27: dials nothing between a stop and the next start', () => {
    let stopped = true;
    forAll((world, event) => {
      if (world.ever.size === 0) stopped = true;
      if (event.type === 'stop') stopped = true;
      if (event.type === 'start') stopped = false;
      if (stopped) expect(world.last.filter(({ type }) => type === 'attempt')).toEqual([]);
    });
  });

  it('has its timer set for the moment of its state, and none when the state has no moment', () => {
    forAll((world) => expect(world.wakeAt).toBe(dueAt(world.machine)));
  });

  it('A32: is not moved by news of any generation but the present one', () => {
    forAll((world, event, before) => {
      const isReport = ['picture', 'stage', 'down', 'loaded', 'load-refused'].includes(event.type);
      if (isReport && 'generation' in event && event.generation !== before.generation) {
        expect(world.machine).toBe(before);
      }
    });
  });

  it('A33: dials after a refused token only by a start', () => {
    forAll((world, event, before) => {
      const refused =
        before.phase === 'failed' && before.fault.kind === 'unauthorised' && before.step.kind === 'resting';
      if (refused && event.type !== 'start')
        expect(world.last.some(({ type }) => type === 'attempt')).toBe(false);
    });
  });

  it('shows the world exactly one variant that can be sent as it is', () => {
    forAll((world) => {
      const state = selectState(world.machine, N);
      expect(state.phase).toBe(world.machine.phase);
      expect(structuredClone(state)).toEqual(state);
      if (state.phase === 'recovering')
        expect((state.nextAttemptAt === null) !== (state.stage === null)).toBe(true);
    });
  });
});
