import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameClock } from '../defaults.ts';
import { ArrivingFrames } from './arriving-frames.ts';
import { IncomingStream } from './incoming-stream.ts';
import { OutgoingStream } from './outgoing-stream.ts';
import { Path } from './path.ts';
import { rtpPacket, vp8Delta, type RtpFields } from './rtp-packet.fixture.ts';
import { wrap32 } from './sequence.ts';
import { Sink } from './sink.ts';

const ticksPerFrame = 3000;

describe('the frames of a picture', () => {
  it('there are none before the first packet, and no interval before the second frame', () => {
    const frames = new ArrivingFrames();
    expect(frames).toMatchObject({ count: 0, lastAt: null, medianMs: null });
    frames.note(0, 5);
    expect(frames).toMatchObject({ count: 1, lastAt: 5, medianMs: null });
  });

  it('are as many as there are RTP times, and each is dated by its first packet', () => {
    const frames = new ArrivingFrames();
    frames.note(100, 10);
    frames.note(100, 12);
    frames.note(100 + ticksPerFrame, 43);
    frames.note(100 + ticksPerFrame, 50);
    expect(frames).toMatchObject({ count: 2, lastAt: 43, medianMs: 33 });
  });

  it('a packet of an earlier frame that comes late is no frame', () => {
    const frames = new ArrivingFrames();
    for (const timestamp of [0, ticksPerFrame, 0, frameClock.lateTicks]) frames.note(timestamp, 10);
    frames.note(ticksPerFrame, 20);
    expect(frames).toMatchObject({ count: 3, lastAt: 10 });
  });

  it('go on when the RTP time wraps', () => {
    const frames = new ArrivingFrames();
    for (let i = 0; i < 4; i++) frames.note(wrap32(2 ** 32 - 2 * ticksPerFrame + i * ticksPerFrame), i * 30);
    expect(frames).toMatchObject({ count: 4, lastAt: 90 });
  });

  it('go on when a source starts anew with an earlier RTP time', () => {
    const frames = new ArrivingFrames();
    frames.note(2 * frameClock.lateTicks, 0);
    frames.note(frameClock.lateTicks - 1, 30);
    frames.note(frameClock.lateTicks - 1 + ticksPerFrame, 60);
    expect(frames.count).toBe(3);
  });

  it('have the median of the latest intervals, which one long gap does not move', () => {
    const frames = new ArrivingFrames();
    const lengths = [...Array.from({ length: frameClock.intervals }, () => 500), 30, 34, 2000, 32];
    let now = 0;
    for (const [i, length] of [0, ...lengths].entries()) frames.note(i * ticksPerFrame, (now += length));
    expect(frames.medianMs).toBe(500);
    for (let i = 0; i < frameClock.intervals; i++) {
      frames.note((lengths.length + 1 + i) * ticksPerFrame, (now += i === 7 ? 2000 : 33));
    }
    expect(frames.medianMs).toBe(33);
  });

  it('whatever the intervals are, the median is that of the latest ones', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 90 }),
        (intervals) => {
          const frames = new ArrivingFrames();
          let now = 0;
          frames.note(0, now);
          for (const [i, interval] of intervals.entries()) {
            frames.note((i + 1) * ticksPerFrame, (now += interval));
            const latest = intervals.slice(Math.max(0, i + 1 - frameClock.intervals), i + 1);
            latest.sort((a, b) => a - b);
            const [below, above] = [latest[(latest.length - 1) >> 1]!, latest[latest.length >> 1]!];
            expect(frames.medianMs).toBe((below + above) / 2);
          }
        },
      ),
    );
  });
});

describe('the packets of a path that tell of a frame', () => {
  function arriving() {
    const frames = new ArrivingFrames();
    const path = new Path({
      sink: new Sink(new Map()),
      transportSequenceId: null,
      payloadTypes: null,
      extensionIds: null,
      gate: () => undefined,
      frames,
    });
    const stream = new IncomingStream(7, new OutgoingStream(1, 'video', 90_000));
    path.bind(new IncomingStream(20, new OutgoingStream(2, 'audio', 48_000)));
    path.bind(stream);
    path.bind(new IncomingStream(8, new OutgoingStream(3, 'video', 90_000), { primary: stream }));
    path.bind(new IncomingStream(30, new OutgoingStream(4, 'video', 90_000)));
    const take = (fields: RtpFields, now = 0) => {
      const packet = rtpPacket(fields);
      return path.rewrite(packet, packet.length, now);
    };
    return { frames, path, take };
  }

  it('A14: are forwarded or held back on standby', () => {
    const { frames, path, take } = arriving();
    expect(take({ ssrc: 7, sequence: 1, timestamp: 0, payload: vp8Delta }, 10)).toBe(false);
    expect(frames).toMatchObject({ count: 1, lastAt: 10 });
    path.activate();
    expect(take({ ssrc: 7, sequence: 2, timestamp: 3000 }, 20)).toBe(true);
    expect(frames).toMatchObject({ count: 2, lastAt: 20 });
  });

  it('are neither padding nor repairs nor what no section announced', () => {
    const { frames, path, take } = arriving();
    path.activate();
    take({ ssrc: 7, timestamp: 0, payload: Buffer.alloc(0), padding: 200 });
    take({ ssrc: 8, timestamp: 3000, payload: Buffer.concat([Buffer.from([0, 1]), vp8Delta]) });
    take({ ssrc: 9, timestamp: 6000 });
    expect(frames.count).toBe(0);
  });

  it('are those of the first picture: two would take each other’s times for frames', () => {
    const { frames, path, take } = arriving();
    path.activate();
    for (const ssrc of [20, 30]) take({ ssrc, timestamp: ssrc * 100_000 });
    expect(frames.count).toBe(0);
    take({ ssrc: 7, timestamp: 0 });
    expect(frames.count).toBe(1);
  });
});
