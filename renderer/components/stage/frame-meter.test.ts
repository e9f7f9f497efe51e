import { describe, expect, it } from 'vitest';
import { FrameMeter } from './frame-meter.ts';

describe('FrameMeter', () => {
  it('counts frames that the callback skipped', () => {
    const meter = new FrameMeter();
    meter.presented(1);
    meter.presented(4);
    expect(meter.total).toBe(4);
  });

  it('goes on counting when the browser starts its counter again', () => {
    const meter = new FrameMeter();
    meter.presented(100);
    meter.presented(1);
    meter.presented(2);
    expect(meter.total).toBe(102);
  });

  it('reads the rate since the last reading', () => {
    const meter = new FrameMeter();
    expect(meter.read(1_000)).toBe(0);
    meter.presented(30);
    expect(meter.read(2_000)).toBe(30);
    meter.presented(45);
    expect(meter.read(3_500)).toBe(10);
    expect(meter.read(4_500)).toBe(0);
  });
});
