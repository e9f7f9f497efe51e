import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../tests/link/manual-clock.ts';
import { PlainLeg } from '../../tests/link/plain-media.ts';
import { linkDefaults } from './defaults.ts';
import { startMediaWatch } from './media-watch.ts';

const silent = { connected() {}, failed() {}, channelOpen() {}, channelClosed() {} };
const listener = { ...silent, message() {}, firstFrame() {}, candidate() {} };

/** A peer connection that has just shown its first frame, watched. */
function watched({ medianMs = 33 }: { medianMs?: number | null } = {}) {
  const clock = new ManualClock();
  const leg = new PlainLeg(listener);
  leg.frame(clock.monotonic());
  leg.frames.medianMs = medianMs;
  const told: string[] = [];
  const page = { due: true };
  const watch = startMediaWatch({
    clock,
    settings: linkDefaults,
    frames: leg.frames,
    heardAt: () => leg.heardAt,
    expected: () => page.due,
    onStalled: (silentMs) => told.push(`stalled ${silentMs}`),
    onFlowing: () => told.push('flowing'),
  });
  /** Frames come at a steady rate for so long. */
  const flow = (ms: number, everyMs = medianMs ?? 33): void => {
    for (let passed = 0; passed < ms; passed += everyMs) {
      clock.advance(everyMs);
      leg.frame(clock.monotonic());
    }
  };
  return { clock, leg, told, page, watch, flow };
}

describe('the media watchdog', () => {
  it('A14: takes a second without a frame for a stall, and no less', () => {
    const { clock, told } = watched();
    clock.advance(999);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual(['stalled 1000']);
  });

  it('A10, A14: waits for a repair while feedback shows that the path lives', () => {
    const { clock, leg, told } = watched();
    for (let passed = 0; passed < 2_900; passed += 100) {
      leg.heardAt = clock.monotonic();
      clock.advance(100);
    }
    expect(told).toEqual([]);
    leg.heardAt = clock.monotonic();
    clock.advance(100);
    expect(told).toEqual(['stalled 3000']);
  });

  it('A14: does not wait for a repair when nothing is heard any more', () => {
    const { clock, leg, told } = watched();
    clock.advance(300);
    leg.heardAt = clock.monotonic();
    clock.advance(700);
    expect(told).toEqual(['stalled 1000']);
  });

  it('A14: gives a slow picture four of its own intervals', () => {
    const { clock, told, flow } = watched({ medianMs: 900 });
    flow(9_000);
    clock.advance(3_599);
    expect(told).toEqual([]);
    clock.advance(100);
    expect(told).toEqual(['stalled 3600']);
  });

  it('A14: is content with a picture that comes, however long', () => {
    const { told, flow } = watched();
    flow(60_000);
    flow(60_000, 990);
    expect(told).toEqual([]);
  });

  it('tells each silence once, and its end', () => {
    const { clock, leg, told, flow } = watched();
    clock.advance(20_000);
    leg.frame(clock.monotonic());
    flow(2_000);
    clock.advance(2_000);
    expect(told).toEqual(['stalled 1000', 'flowing', expect.stringMatching(/^stalled 1\d{3}$/)]);
  });

  it('A14: expects nothing while the page sends nothing, and counts anew from when it does', () => {
    const { clock, told, page } = watched();
    page.due = false;
    clock.advance(60_000);
    expect(told).toEqual([]);
    page.due = true;
    clock.advance(900);
    expect(told).toEqual([]);
    clock.advance(200);
    expect(told).toEqual(['stalled 1000']);
  });

  it('A14: a pause that begins within the second is no stall', () => {
    const { clock, told, page } = watched();
    clock.advance(950);
    page.due = false;
    clock.advance(10_000);
    expect(told).toEqual([]);
  });

  it('A11: a loop that stood still does not make a stall: what came meanwhile may lie unread', () => {
    const { clock, leg, told } = watched();
    clock.block(20_000);
    expect(told).toEqual([]);
    clock.advance(500);
    leg.frame(clock.monotonic());
    clock.advance(900);
    expect(told).toEqual([]);
  });

  it('A11: tells a stall a second after the loop went on, if nothing lay there', () => {
    const { clock, told } = watched();
    clock.block(20_000);
    clock.advance(1_000);
    expect(told).toEqual(['stalled 1000']);
  });

  it('counts from its start when no frame has a time yet', () => {
    const { clock, leg, told } = watched({ medianMs: null });
    leg.frames.lastAt = null;
    clock.advance(1_000);
    expect(told).toEqual(['stalled 1000']);
  });

  it('leaves no timer when it is stopped', () => {
    const { clock, told, watch } = watched();
    watch.stop();
    expect(clock.pending).toBe(0);
    clock.advance(10_000);
    expect(told).toEqual([]);
  });
});
