import { describe, expect, it } from 'vitest';
import { clip, drawFrame } from './clip.ts';

/** The largest difference between two frames' samples. */
function farthest(a: Buffer, b: Buffer): number {
  return a.reduce((most, sample, index) => Math.max(most, Math.abs(sample - b[index]!)), 0);
}

describe('the demo’s clip', () => {
  it('is the same picture every time', () => {
    expect(farthest(drawFrame(7), drawFrame(7))).toBe(0);
  });

  it('moves from frame to frame', () => {
    expect(farthest(drawFrame(7), drawFrame(8))).toBeGreaterThan(50);
  });

  it('ends where it began, so that its loop does not jump', () => {
    expect(farthest(drawFrame(clip.frames), drawFrame(0))).toBeLessThan(farthest(drawFrame(1), drawFrame(0)));
  });

  it('is made of whole I420 frames', () => {
    expect(drawFrame(0)).toHaveLength((clip.width * clip.height * 3) / 2);
  });
});
