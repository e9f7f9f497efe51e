import { describe, expect, it } from 'vitest';
import { forAllOrders } from './fixtures/for-all-orders.ts';
import { holdings, isNewsFor, isReport } from './fixtures/link-world.ts';
import { dueAt, held, noAbilities } from './machine.ts';
import { selectState } from './select-state.ts';

const sorted = (numbers: Iterable<number>): number[] => [...numbers].toSorted((a, b) => a - b);

describe('whatever happens in whatever order', () => {
  it('A29: holds each open socket, and each that it holds is open', () => {
    forAllOrders(() => ({ after }, world) => {
      expect(sorted(holdings(after).sockets)).toEqual(sorted(world.sockets));
    });
  });

  it('A29: holds each peer connection that there is, and what fed the page is never ended while it is held', () => {
    forAllOrders(() => ({ after }, world) => {
      const { legs } = holdings(after);
      for (const leg of world.legs) expect(legs).toContain(leg);
      const { leg } = held(after);
      if (leg !== null) expect(world.legs).toContain(leg);
    });
  });

  it('has one socket, a second only while it moves to another runner, and two peer connections at most', () => {
    forAllOrders(() => ({ after }, world) => {
      const isMoving =
        (after.phase === 'degraded' && after.reason === 'leaving') ||
        (after.phase === 'recovering' && after.strategy === 'migrate');
      expect(world.sockets.size).toBeLessThanOrEqual(isMoving ? 2 : 1);
      expect(world.legs.size).toBeLessThanOrEqual(2);
    });
  });

  it('lets go of what is reported gone', () => {
    forAllOrders(() => ({ event, after }) => {
      if (event.type === 'down') {
        expect(held(after).socket).not.toBe(event.generation);
        expect(held(after).attempt).not.toBe(event.generation);
      }
      if (event.type === 'media-down') expect(held(after).leg).not.toBe(event.generation);
    });
  });

  it('A32: gives no number twice, and makes or asks nothing over a socket that is not open', () => {
    forAllOrders(() => {
      let last = 0;
      return ({ before, after, effects }, world) => {
        expect(after.generation).toBeGreaterThanOrEqual(before.generation);
        for (const effect of effects) {
          if (effect.type === 'dial' || effect.type === 'build') {
            expect(effect.generation).toBeGreaterThan(last);
            expect(effect.generation).toBeLessThanOrEqual(after.generation);
            last = effect.generation;
          }
        }
        expect(world.astray).toEqual([]);
      };
    });
  });

  it('A32: is not moved by news of anything that it does not hold in that role', () => {
    forAllOrders(() => ({ event, before, after, effects }) => {
      if (!isReport(event) || isNewsFor(before, event)) return;
      expect(after).toBe(before);
      expect(effects).toEqual([]);
    });
  });

  it('has its timer set for the moment of its state, and none when the state has no moment', () => {
    forAllOrders(
      () =>
        ({ after }, world) =>
          expect(world.wakeAt).toBe(dueAt(after)),
    );
  });

  it('A19, A27: makes nothing between a stop and the next start', () => {
    forAllOrders(() => {
      let isStopped = true;
      return ({ event, effects }, world) => {
        if (event.type === 'stop') isStopped = true;
        if (event.type === 'start') isStopped = false;
        if (!isStopped) return;
        expect(effects.filter(({ type }) => type === 'dial' || type === 'build')).toEqual([]);
        expect([world.sockets.size, world.legs.size, world.wakeAt]).toEqual([0, 0, null]);
      };
    });
  });

  it('A27: begins after a stop as if nothing had been before', () => {
    forAllOrders(() => ({ event, before, after }) => {
      if (event.type !== 'start' || before.phase !== 'idle') return;
      const { generation } = after;
      const { at, places, onFailure } = event;
      const begun = {
        generation,
        by: 'connect',
        place: 0,
        stage: 'dialling',
        stageAt: at,
        since: at,
        offered: false,
      } as const;
      expect(after).toEqual({
        phase: 'connecting',
        generation: before.generation + 1,
        place: 0,
        places,
        since: at,
        onFailure,
        step: { kind: 'trying', can: noAbilities, ...begun },
        socket: null,
        leg: null,
      });
    });
  });

  it('A33: dials after a refused token only by a start', () => {
    forAllOrders(() => ({ event, before, effects }) => {
      const isRefused = before.phase === 'failed' && before.fault.kind === 'unauthorised';
      if (isRefused && event.type !== 'start')
        expect(effects.some(({ type }) => type === 'dial')).toBe(false);
    });
  });

  it('A54: says that media is up only over a peer connection that is, and a link that is up only over a socket', () => {
    forAllOrders((policy) => ({ after }, world) => {
      const state = selectState(after, policy.retry.attempts);
      const { socket, leg } = held(after);
      if (state.phase === 'live' || state.phase === 'degraded') {
        expect(world.sockets).toContain(socket);
        expect(world.legs).toContain(leg);
      }
      if (state.phase === 'recovering' && state.media === 'flowing') expect(world.legs).toContain(leg);
    });
  });

  it('shows the world exactly one variant that can be sent as it is', () => {
    forAllOrders((policy) => ({ after }) => {
      const state = selectState(after, policy.retry.attempts);
      expect(state.phase).toBe(after.phase);
      expect(structuredClone(state)).toEqual(state);
      if (state.phase !== 'recovering') return;
      expect((state.nextAttemptAt === null) !== (state.stage === null)).toBe(true);
      expect(state.attempt).toBeGreaterThanOrEqual(1);
      expect(state.attempt).toBeLessThanOrEqual(policy.retry.attempts);
    });
  });
});
