import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TurnFrames } from './turn-frames.ts';

function stun(body: number): Buffer {
  const message = Buffer.alloc(20 + body * 4, 1);
  message.writeUInt16BE(body * 4, 2);
  return message;
}

function channelData(length: number): Buffer {
  const frame = Buffer.alloc(4 + Math.ceil(length / 4) * 4, 2);
  frame.writeUInt16BE(0x4000, 0);
  frame.writeUInt16BE(length, 2);
  return frame;
}

describe('frames of a TURN stream', () => {
  it('come out as they went in, wherever the stream is cut', () => {
    const frame = fc.oneof(fc.nat(40).map(stun), fc.nat(1500).map(channelData));
    fc.assert(
      fc.property(fc.array(frame), fc.array(fc.integer({ min: 1, max: 900 })), (sent, cuts) => {
        const stream = Buffer.concat(sent);
        const frames = new TurnFrames();
        const received: Buffer[] = [];
        let at = 0;
        for (const cut of [...cuts, stream.length]) {
          received.push(...(frames.push(stream.subarray(at, at + cut)) ?? []));
          at += cut;
        }
        expect(received).toEqual(sent);
      }),
    );
  });

  it('what is neither STUN nor channel data ends the stream', () => {
    expect(new TurnFrames().push(Buffer.from([0x80, 0, 0, 4]))).toBeNull();
    expect(new TurnFrames().push(Buffer.from([0x00, 1, 0, 3]))).toBeNull();
  });

  it('waits for no more than one frame, whatever comes', () => {
    const frames = new TurnFrames();
    const largest = channelData(0xffff);
    expect(frames.push(largest.subarray(0, largest.length - 1))).toEqual([]);
    expect(frames.push(largest.subarray(-1))).toEqual([largest]);
  });
});
