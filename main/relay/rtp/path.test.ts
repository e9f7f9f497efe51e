import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { IncomingStream } from './incoming-stream.ts';
import { keyFrameTest } from './key-frame.ts';
import { OutgoingStream } from './outgoing-stream.ts';
import { Path, type PathOptions } from './path.ts';
import { rtpPacket, vp8Delta, vp8Key, type RtpFields } from './rtp-packet.fixture.ts';
import { Sink } from './sink.ts';

const clockRate = 90_000;
const outSsrc = 0xaaaa;
const outRtxSsrc = 0xbbbb;
const transportId = 4;

function receiver() {
  const primary = new OutgoingStream(outSsrc, 'video', clockRate);
  const rtx = new OutgoingStream(outRtxSsrc, 'video', clockRate);
  return { primary, rtx, sink: new Sink(new Map([['0', { primary, rtx }]])) };
}

/** A leg that sends SSRC `ssrc` and its RTX `ssrc + 1` to the receiver. */
function legTo(
  { primary, rtx, sink }: ReturnType<typeof receiver>,
  ssrc: number,
  options: Partial<PathOptions> = {},
) {
  const path = new Path({
    sink,
    transportSequenceId: transportId,
    payloadTypes: null,
    extensionIds: null,
    gate: () => undefined,
    ...options,
  });
  const stream = new IncomingStream(ssrc, primary, { keyFrame: keyFrameTest('vp8') });
  path.bind(stream);
  path.bind(new IncomingStream(ssrc + 1, rtx, { primary: stream }));
  return path;
}

function forward(path: Path, fields: RtpFields, now = 1000) {
  const packet = rtpPacket(fields);
  if (!path.rewrite(packet, packet.length, now)) return null;
  return {
    packet,
    ssrc: packet.readUInt32BE(8),
    sequence: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    payloadType: packet[1]! & 0x7f,
  };
}

const transportSequence = (number: number) => {
  const value = Buffer.alloc(2);
  value.writeUInt16BE(number & 0xffff);
  return [{ id: transportId, value }];
};

describe('a path on standby', () => {
  it('forwards nothing until a key frame starts, and then from that packet on', () => {
    const gate = vi.fn(() => path.activate());
    const waiting = vi.fn();
    const path: Path = legTo(receiver(), 7, { gate, waiting });
    expect(forward(path, { ssrc: 7, sequence: 1, payload: vp8Delta })).toBeNull();
    expect(waiting).toHaveBeenCalledTimes(1);
    expect(gate).not.toHaveBeenCalled();
    expect(forward(path, { ssrc: 7, sequence: 2, payload: vp8Key })).toMatchObject({ sequence: 2 });
    expect(gate).toHaveBeenCalledTimes(1);
    expect(forward(path, { ssrc: 7, sequence: 3, payload: vp8Delta })).toMatchObject({ sequence: 3 });
  });

  it('holds the key frame back if it was not activated at the gate', () => {
    const path = legTo(receiver(), 7);
    expect(forward(path, { ssrc: 7, payload: vp8Key })).toBeNull();
  });

  it('never opens the gate again once it is closed', () => {
    const gate = vi.fn();
    const path = legTo(receiver(), 7, { gate });
    path.close();
    expect(forward(path, { ssrc: 7, payload: vp8Key })).toBeNull();
    expect(gate).not.toHaveBeenCalled();
  });

  it('does not take padding or RTX for a key frame', () => {
    const gate = vi.fn();
    const path = legTo(receiver(), 7, { gate });
    forward(path, { ssrc: 7, payload: Buffer.alloc(0), padding: 200 });
    forward(path, { ssrc: 8, payload: Buffer.concat([Buffer.from([0, 1]), vp8Key]) });
    expect(gate).not.toHaveBeenCalled();
  });
});

describe('an active path', () => {
  it('begins the first stream with the numbers of its source, but below the wrap', () => {
    const low = legTo(receiver(), 7);
    low.activate();
    expect(forward(low, { ssrc: 7, sequence: 0xbfff, timestamp: 99 })).toMatchObject({
      sequence: 0xbfff,
      timestamp: 99,
      ssrc: outSsrc,
    });
    const high = legTo(receiver(), 7);
    high.activate();
    expect(forward(high, { ssrc: 7, sequence: 0xc000 })).toMatchObject({ sequence: 0x4000 });
  });

  it('drops what no section announced, and takes it up where a section left its SSRC open', () => {
    const to = receiver();
    const path = legTo(to, 7);
    path.activate();
    expect(forward(path, { ssrc: 1234, payloadType: 96 })).toBeNull();
    path.bindWhenSeen(96, (ssrc) => new IncomingStream(ssrc, to.primary));
    expect(forward(path, { ssrc: 1234, payloadType: 96 })).toMatchObject({ ssrc: outSsrc });
    expect(forward(path, { ssrc: 4321, payloadType: 96 }), 'only the first').toBeNull();
  });

  it('gives a receiver the payload types and extension ids of its own answer', () => {
    const payloadTypes = Uint8Array.from({ length: 128 }, (_, i) => (i === 96 ? 120 : i));
    const extensionIds = new Uint8Array(256);
    extensionIds[transportId] = 9;
    const path = legTo(receiver(), 7, { payloadTypes, extensionIds });
    path.activate();
    const extensions = [{ id: 3, value: Buffer.from([1]) }, ...transportSequence(77)];
    const sent = forward(path, { ssrc: 7, marker: true, extensions });
    expect(sent?.packet[1]).toBe(0x80 | 120);
    // Element 3 became two octets of padding, element 4 became 9 with its value.
    expect(sent?.packet.subarray(16, 24)).toEqual(Buffer.from([0, 0, 0x91, 0, 77, 0, 0, 0]));
  });

  it('gives RTX the numbers of the stream that it repeats', () => {
    const to = receiver();
    const path = legTo(to, 7);
    path.activate();
    const repeat = (sequence: number) => Buffer.from([sequence >> 8, sequence & 0xff, 1, 2, 3]);
    expect(forward(path, { ssrc: 8, payload: repeat(0xd000) }), 'nothing to repeat yet').toBeNull();
    expect(
      forward(path, { ssrc: 8, payload: Buffer.alloc(0), padding: 100 }),
      'padding probes',
    ).not.toBeNull();
    expect(forward(path, { ssrc: 7, sequence: 0xd000 })).toMatchObject({ sequence: 0x5000 });
    const sent = forward(path, { ssrc: 8, sequence: 1, payload: repeat(0xd000) });
    expect(sent?.ssrc).toBe(outRtxSsrc);
    expect(sent?.packet.readUInt16BE(12)).toBe(0x5000);
  });
});

describe('a switch', () => {
  it('goes on with the next number, and a timestamp as far on as time went', () => {
    const to = receiver();
    const before = legTo(to, 7);
    before.activate();
    forward(before, { ssrc: 7, sequence: 100, timestamp: 5000, extensions: transportSequence(500) }, 1000);
    const after = legTo(to, 20);
    after.activate();
    const sent = forward(
      after,
      { ssrc: 20, sequence: 65_535, timestamp: 4_000_000_000, extensions: transportSequence(9) },
      1100,
    );
    expect(sent).toMatchObject({ sequence: 101, timestamp: 5000 + 9000, ssrc: outSsrc });
    expect(sent?.packet.readUInt16BE(17)).toBe(501);
    expect(forward(after, { ssrc: 20, sequence: 0, timestamp: 4_000_003_000 }, 1133)).toMatchObject({
      sequence: 102,
      timestamp: 5000 + 9000 + 3000,
    });
  });

  it('refuses packets and retransmissions from before it, whose numbers belong to the old leg', () => {
    const to = receiver();
    const before = legTo(to, 7);
    before.activate();
    for (let sequence = 90; sequence <= 100; sequence++) forward(before, { ssrc: 7, sequence });
    const after = legTo(to, 20);
    after.activate();
    forward(after, { ssrc: 20, sequence: 4000 });
    expect(forward(after, { ssrc: 20, sequence: 3999 }), 'late').toBeNull();
    const repeat = (sequence: number) => Buffer.from([sequence >> 8, sequence & 0xff, 1, 2]);
    expect(forward(after, { ssrc: 21, payload: repeat(3999) }), 'RTX as padding').toBeNull();
    expect(forward(after, { ssrc: 21, payload: repeat(4000) })).not.toBeNull();
  });

  interface Arrival {
    /** Distance from the leg's first packet, negative for what was sent before it. */
    offset: number;
    elapsedMs: number;
  }

  const leg = fc.record({
    start: fc.integer({ min: 0, max: 0xffff }),
    startTimestamp: fc.integer({ min: 0, max: 0xffff_ffff }),
    startTransport: fc.integer({ min: 0, max: 0xffff }),
    pauseMs: fc.integer({ min: 1, max: 1500 }),
    arrivals: fc.array(
      fc.record({
        offset: fc.oneof(fc.integer({ min: -30, max: 400 }), fc.integer({ min: 0, max: 20_000 })),
        elapsedMs: fc.integer({ min: 0, max: 5 }),
      }),
      { maxLength: 40 },
    ),
  });

  it('keeps every stream continuous under reordering, loss, and wraps of all counters (reference model)', () => {
    fc.assert(
      fc.property(fc.array(leg, { minLength: 1, maxLength: 5 }), (legs) => {
        const to = receiver();
        let now = 10_000;
        // The model counts without wrapping.
        let highest = -1;
        let highestTimestamp = 0;
        let highestAt = 0;
        let highestTransport = -1;
        const usedBefore = new Set<number>();
        legs.forEach(({ start, startTimestamp, startTransport, pauseMs, arrivals }, i) => {
          const path = legTo(to, 100 + 2 * i);
          path.activate();
          now += pauseMs;
          const all: Arrival[] = [{ offset: 0, elapsedMs: 0 }, ...arrivals];
          const first = highest < 0 ? (start > 0xbfff ? start - 0x8000 : start) : highest + 1;
          const firstTimestamp =
            highest < 0 ? startTimestamp : highestTimestamp + Math.max(1, Math.round((now - highestAt) * 90));
          const firstTransport = highestTransport < 0 ? startTransport : highestTransport + 1;
          const startedAt = now;
          let ahead = 0;
          const used: number[] = [];
          for (const { offset, elapsedMs } of all) {
            now += elapsedMs;
            // Beyond half the number space nobody can tell ahead from behind.
            if (Math.abs(offset - ahead) >= 0x8000) continue;
            ahead = Math.max(ahead, offset);
            const sent = forward(
              path,
              {
                ssrc: 100 + 2 * i,
                sequence: start + offset,
                timestamp: startTimestamp + offset * 3000,
                extensions: transportSequence(startTransport + offset),
                marker: offset % 2 === 0,
              },
              now,
            );
            if (i > 0 && offset < 0 && now - startedAt < 2000) {
              expect(sent).toBeNull();
              continue;
            }
            const sequence = first + offset;
            expect(sent).toMatchObject({
              ssrc: outSsrc,
              sequence: sequence & 0xffff,
              timestamp: (firstTimestamp + offset * 3000) >>> 0,
            });
            expect(sent!.packet.readUInt16BE(17)).toBe((firstTransport + offset) & 0xffff);
            expect(sent!.packet[1]! >> 7).toBe(offset % 2 === 0 ? 1 : 0);
            expect(sent!.packet.subarray(-vp8Key.length)).toEqual(vp8Key);
            expect(usedBefore.has(sequence), 'a number of an earlier leg').toBe(false);
            used.push(sequence);
            highestTransport = Math.max(highestTransport, firstTransport + offset);
            if (sequence > highest) {
              highest = sequence;
              highestTimestamp = firstTimestamp + offset * 3000;
              highestAt = now;
            }
          }
          for (const sequence of used) usedBefore.add(sequence);
        });
      }),
    );
  });
});
