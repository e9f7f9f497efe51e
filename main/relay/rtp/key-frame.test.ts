import { describe, expect, it } from 'vitest';
import { keyFrameTest } from './key-frame.ts';
import { vp8Delta, vp8Key } from './rtp-packet.fixture.ts';

function starts(codec: string, ...payload: number[]): boolean {
  // An offset, so that a test that looks at the wrong place is found out.
  const packet = Buffer.from([0xff, 0xff, 0xff, ...payload]);
  return keyFrameTest(codec)(packet, 3, packet.length);
}

describe('first packet of a key frame', () => {
  it('reads VP8’s frame tag', () => {
    expect(starts('vp8', ...vp8Key)).toBe(true);
    expect(starts('vp8', ...vp8Delta)).toBe(false);
    expect(starts('vp8', 0x00, 0x00), 'continues a partition').toBe(false);
    expect(starts('vp8', 0x11, 0x00), 'starts the second partition').toBe(false);
    expect(starts('vp8', 0x90, 0x80, 0x81, 0x23, 0x00), '15-bit picture id').toBe(true);
    expect(starts('vp8', 0x90, 0x80, 0x81, 0x23, 0x01), '15-bit picture id, delta').toBe(false);
    expect(starts('vp8', 0x90, 0xf0, 0x11, 0x22, 0x33, 0x00), 'all extension octets').toBe(true);
    expect(starts('vp8', 0x90, 0x80), 'cut short').toBe(false);
  });

  it('finds an IDR slice or parameter sets in H.264', () => {
    expect(starts('h264', 0x65), 'IDR slice').toBe(true);
    expect(starts('h264', 0x67), 'parameter set').toBe(true);
    expect(starts('h264', 0x41), 'predicted slice').toBe(false);
    expect(starts('h264', 0x78, 0x00, 0x10, 0x67), 'aggregate that begins with a parameter set').toBe(true);
    expect(starts('h264', 0x78, 0x00, 0x10, 0x41), 'aggregate of predicted slices').toBe(false);
    expect(starts('h264', 0x7c, 0x85), 'first fragment of an IDR slice').toBe(true);
    expect(starts('h264', 0x7c, 0x05), 'later fragment of an IDR slice').toBe(false);
    expect(starts('h264', 0x7c), 'cut short').toBe(false);
  });

  it('reads VP9’s payload descriptor', () => {
    expect(starts('vp9', 0x08), 'start, not predicted').toBe(true);
    expect(starts('vp9', 0x48), 'predicted').toBe(false);
    expect(starts('vp9', 0x00), 'middle of a frame').toBe(false);
    expect(starts('vp9', 0xa8, 0x81, 0x23, 0x00), 'lowest spatial layer').toBe(true);
    expect(starts('vp9', 0xa8, 0x81, 0x23, 0x02), 'a higher spatial layer').toBe(false);
  });

  it('looks for AV1’s new coded video sequence', () => {
    expect(starts('av1', 0x18), 'new coded video sequence').toBe(true);
    expect(starts('av1', 0x10)).toBe(false);
  });

  it('counts each packet of a codec that has no frames to predict from', () => {
    expect(starts('opus', 0x00)).toBe(true);
  });
});
