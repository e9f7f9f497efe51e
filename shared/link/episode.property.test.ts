import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cureOf } from './cure.ts';
import type { Fault } from './fault.ts';
import { forAllOrders, runs } from './fixtures/for-all-orders.ts';
import { LinkWorld } from './fixtures/link-world.ts';
import { dueAt, held, type MachineIn } from './machine.ts';

const refused: Fault = { kind: 'unreachable', code: 'ECONNREFUSED' };

/** How an attempt comes to nothing: at once or later, never, or at a runner that does not become ready. */
const misfortune = fc.oneof(
  fc.record({ kind: fc.constant('fails' as const), ms: fc.integer({ min: 0, max: 60_000 }) }),
  fc.constant({ kind: 'hangs' as const }),
  fc.record({ kind: fc.constant('waits' as const), ms: fc.integer({ min: 1, max: 180_000 }) }),
);
type Misfortune = typeof misfortune extends fc.Arbitrary<infer Value> ? Value : never;

const isWaitingForReady = ({ machine }: LinkWorld): boolean =>
  machine.phase === 'recovering' && machine.step.kind === 'trying' && machine.step.stage === 'waiting';

/** Lets the next thing happen to a recovering link. What is due first comes first. */
function meet(world: LinkWorld, { step }: MachineIn<'recovering'>, fate: Misfortune): void {
  const due = dueAt(world.machine);
  const after = fate.kind === 'hangs' || step.kind === 'waiting' ? Infinity : fate.ms;
  const roll = 0.5;
  if (due !== null && due < world.at + after) {
    world.at = Math.max(world.at, due);
    world.feed({ type: 'wake', due, at: world.at, roll });
  } else if (step.kind === 'trying') {
    const { generation } = step;
    if (fate.kind === 'waits' && step.stage !== 'waiting')
      return world.feed({ type: 'stage', stage: 'waiting', generation, at: world.at, roll });
    // Even the longest wait for a runner has an end, by the interpreter's clock.
    world.at += fate.kind === 'hangs' ? 180_000 : fate.ms;
    world.feed({ type: 'down', fault: refused, generation, at: world.at, roll });
  }
}

describe('an episode', () => {
  it('A22: ends by itself when every attempt fails or hangs, in its time and what was spent waiting for a runner', () => {
    const fates = fc.infiniteStream(misfortune);
    fc.assert(
      fc.property(runs, fc.nat(40), fates, ({ policy, can, places, happenings }, from, fate) => {
        const world = new LinkWorld(policy, can);
        world.begin(places);
        for (const [index, happening] of happenings.entries()) {
          if (index >= from && world.machine.phase === 'recovering') break;
          world.happen(happening);
        }
        const begunAt = world.at;
        let waited = 0;
        for (let steps = 0; world.machine.phase === 'recovering'; steps += 1) {
          expect(steps).toBeLessThan(100);
          const [before, isWaiting] = [world.at, isWaitingForReady(world)];
          meet(world, world.machine, fate.next().value);
          if (isWaiting) waited += world.at - before;
          expect(world.at - begunAt - waited).toBeLessThanOrEqual(policy.episodeMs);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('A22: has never more than its time before it, whatever it has waited for', () => {
    forAllOrders((policy) => ({ event, after }) => {
      if (after.phase !== 'recovering') return;
      const { step, endsAt } = after;
      const waited = step.kind === 'trying' && step.stage === 'waiting' ? event.at - step.stageAt : 0;
      expect(endsAt + waited - event.at).toBeLessThanOrEqual(policy.episodeMs);
    });
  });

  it('A24: is over when the picture of before comes again while signalling is up, and nothing is torn down', () => {
    forAllOrders(() => ({ event, before, after, effects }) => {
      const { socket, leg } = held(before);
      if (before.phase !== 'recovering' || event.type !== 'flowing') return;
      if (event.generation !== leg || socket === null) return;
      // A runner that is about to go still is.
      const isMoving = before.step.kind === 'trying' && before.step.by === 'migrate';
      const phase = isMoving ? 'degraded' : 'live';
      expect(after).toMatchObject({ phase, socket, leg: { generation: leg } });
      const ended = effects.flatMap((effect) =>
        effect.type === 'close-leg' || effect.type === 'hang-up' ? [effect.generation] : [],
      );
      expect(ended.filter((generation) => generation === socket || generation === leg)).toEqual([]);
      expect(effects.filter(({ type }) => type === 'dial' || type === 'build')).toEqual([]);
    });
  });

  it('A31: makes an attempt at once when somebody asks, or the network or the computer is back', () => {
    forAllOrders(() => ({ event, before, after, effects }) => {
      if (event.type !== 'retry' && event.type !== 'nudge') return;
      const isUp = before.phase === 'live' || before.phase === 'degraded';
      const isAsked = effects.some(({ type }) => type === 'probe');
      if (isUp && (event.type === 'retry' || isAsked)) return;
      const isLost =
        before.phase === 'recovering' || (before.phase === 'failed' && cureOf(before.fault) === 'time');
      // Nothing is left to try when all that could be has been.
      const isOver = before.phase === 'recovering' && after.phase === 'failed';
      if ((isUp || isLost) && !isOver) expect(after).toMatchObject({ step: { kind: 'trying' } });
    });
  });
});
