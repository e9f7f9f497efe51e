import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../tests/link/manual-clock.ts';
import { linkDefaults } from './defaults.ts';
import { startHeartbeat } from './heartbeat.ts';

function heart(settings: Partial<typeof linkDefaults> = {}) {
  const clock = new ManualClock();
  const pings: { id: string; at: number }[] = [];
  const silences: { at: number; silentMs: number }[] = [];
  const roundTrips: number[] = [];
  const start = clock.now();
  const beat = startHeartbeat({
    clock,
    settings: { ...linkDefaults, ...settings },
    ping: (id) => pings.push({ id, at: clock.now() - start }),
    onSilent: (silentMs) => silences.push({ at: clock.now() - start, silentMs }),
    onRoundTrip: (ms) => roundTrips.push(ms),
  });
  return { clock, beat, pings, silences, roundTrips };
}

describe('heartbeat', () => {
  it('A2: pings every 4 s and declares a silent peer lost after 9 s, once', () => {
    const { clock, pings, silences } = heart();
    clock.advance(60_000);
    expect(pings.map(({ at }) => at)).toEqual([0, 4_000, 8_000]);
    expect(silences).toEqual([{ at: 9_000, silentMs: 9_000 }]);
    expect(clock.pending).toBe(0);
  });

  it('A2: interval and deadline are settings', () => {
    const { clock, pings, silences } = heart({ pingIntervalMs: 100, livenessMs: 250 });
    clock.advance(1_000);
    expect(pings).toHaveLength(3);
    expect(silences[0]?.at).toBe(250);
  });

  it('takes any frame as a sign of life: one missed pong is not death', () => {
    const { clock, beat, silences } = heart();
    for (let i = 0; i < 10; i += 1) {
      clock.advance(8_900);
      beat.received();
    }
    expect(silences).toEqual([]);
  });

  it('A11: grants one more interval after the local loop stood still for longer than the deadline', () => {
    const { clock, beat, silences } = heart();
    clock.advance(5_000);
    clock.block(30_000);
    expect(silences).toEqual([]);
    beat.received();
    clock.advance(8_999);
    expect(silences).toEqual([]);
  });

  it('A11: a peer that stays silent through that interval is lost', () => {
    const { clock, silences } = heart();
    clock.advance(5_000);
    clock.block(30_000);
    clock.advance(3_999);
    expect(silences).toEqual([]);
    clock.advance(1);
    expect(silences).toHaveLength(1);
  });

  it('measures the round trip by the pong that carries the id of its ping', () => {
    const { clock, beat, roundTrips } = heart();
    clock.advance(0);
    clock.advance(30);
    beat.pong('1');
    beat.pong('1');
    beat.pong('never sent');
    expect(roundTrips).toEqual([30]);
  });

  it('leaves no timer behind when it is stopped', () => {
    const { clock, beat, silences } = heart();
    clock.advance(1_000);
    beat.stop();
    expect(clock.pending).toBe(0);
    clock.advance(60_000);
    expect(silences).toEqual([]);
  });
});
