import { beforeEach, describe, expect, it } from 'vitest';
import { IncomingStream } from '../rtp/incoming-stream.ts';
import { OutgoingStream } from '../rtp/outgoing-stream.ts';
import { Path } from '../rtp/path.ts';
import { rtpPacket } from '../rtp/rtp-packet.fixture.ts';
import { Sink } from '../rtp/sink.ts';
import { pictureLoss } from './picture-loss.ts';
import { mapRtcp } from './rtcp-mapper.ts';

/** Runner → page: the runner's SSRC 70 (RTX 71) is 700 (701) to the page. Page → runner: 50 stays 50. */
const runnerSsrc = 70;
const runnerRtx = 71;
const toPageSsrc = 700;
const pageSsrc = 50;
const transportId = 4;

const words = (...values: number[]) => {
  const packet = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => packet.writeUInt32BE(value >>> 0, i * 4));
  return packet;
};
const header = (type: number, countOrFormat: number, ...rest: number[]) =>
  words(((0x80 | countOrFormat) << 24) | (type << 16) | rest.length, ...rest);

const block = (ssrc: number, highest: number, lsr: number, dlsr: number) => [
  ssrc,
  0x01000002,
  highest,
  3,
  lsr,
  dlsr,
];
const senderInfo = (ntpHigh: number, ntpLow: number, rtpTime: number) => [ntpHigh, ntpLow, rtpTime, 10, 20];
const middle = (ntpHigh: number, ntpLow: number) => (((ntpHigh & 0xffff) << 16) | (ntpLow >>> 16)) >>> 0;

const transportSequence = (number: number) => {
  const value = Buffer.alloc(2);
  value.writeUInt16BE(number);
  return [{ id: transportId, value }];
};

function makePath(sink: Sink): Path {
  return new Path({
    sink,
    transportSequenceId: transportId,
    payloadTypes: null,
    extensionIds: null,
    gate: () => undefined,
  });
}

/**
 * The page was fed by an earlier leg up to sequence number 1000, timestamp 5000 and transport-wide number 300; then the
 * runner's first packet had 4000, 9000 and 20. Offsets: −2999, a timestamp that depends on time, and 281.
 */
function scene() {
  const primary = new OutgoingStream(toPageSsrc, 'video', 90_000);
  const rtx = new OutgoingStream(701, 'video', 90_000);
  const pageSink = new Sink(new Map([['0', { primary, rtx }]]));
  const earlier = makePath(pageSink);
  earlier.bind(new IncomingStream(30, primary));
  earlier.activate();
  const send = (
    path: Path,
    ssrc: number,
    sequence: number,
    timestamp: number,
    transport: number,
    now: number,
  ) => {
    const packet = rtpPacket({ ssrc, sequence, timestamp, extensions: transportSequence(transport) });
    path.rewrite(packet, packet.length, now);
  };
  send(earlier, 30, 1000, 5000, 300, 1000);
  const toPage = makePath(pageSink);
  const stream = new IncomingStream(runnerSsrc, primary);
  toPage.bind(stream);
  toPage.bind(new IncomingStream(runnerRtx, rtx, { primary: stream }));
  toPage.activate();
  send(toPage, runnerSsrc, 4000, 9000, 20, 1100);

  const toRunner = makePath(new Sink(new Map()));
  toRunner.bind(new IncomingStream(pageSsrc, new OutgoingStream(pageSsrc, 'video', 90_000)));
  toRunner.activate();
  send(toRunner, pageSsrc, 100, 100, 1, 1000);
  return {
    earlier,
    toPage,
    timestampOffset: stream.timestampOffset,
    fromRunner: { forward: toPage, backward: toRunner },
    fromPage: { forward: toRunner, backward: toPage },
  };
}

describe('RTCP through the relay', () => {
  let relay: ReturnType<typeof scene>;
  beforeEach(() => {
    relay = scene();
  });

  it('SR: SSRC and RTP time become those of the outgoing stream', () => {
    const report = header(200, 0, runnerSsrc, ...senderInfo(0x1111_2222, 0x3333_4444, 9000));
    const mapped = mapRtcp(report, relay.fromRunner);
    expect(mapped).toEqual(
      header(200, 0, toPageSsrc, ...senderInfo(0x1111_2222, 0x3333_4444, 9000 + relay.timestampOffset)),
    );
    expect(relay.timestampOffset).not.toBe(0);
  });

  it('SR: from a standby it is dropped', () => {
    relay.toPage.state = 'standby';
    expect(mapRtcp(header(200, 0, runnerSsrc, ...senderInfo(1, 2, 9000)), relay.fromRunner)).toBeNull();
  });

  it('SR: of a stream that sent nothing yet, or that is unknown, it is dropped', () => {
    expect(mapRtcp(header(200, 0, runnerRtx, ...senderInfo(1, 2, 3)), relay.fromRunner)).toBeNull();
    expect(mapRtcp(header(200, 0, 12_345, ...senderInfo(1, 2, 3)), relay.fromRunner)).toBeNull();
  });

  it('RR: SSRC and highest sequence number are mapped; LSR stays where that report passed on this leg', () => {
    mapRtcp(header(200, 0, runnerSsrc, ...senderInfo(0xaaaa_1111, 0x2222_bbbb, 9000)), relay.fromRunner);
    const lsr = middle(0xaaaa_1111, 0x2222_bbbb);
    const mapped = mapRtcp(
      header(201, 1, pageSsrc, ...block(toPageSsrc, 0x0001_03e9, lsr, 77)),
      relay.fromPage,
    );
    // 1001 + 2999 = 4000; the offset is kept as 16 bits, hence the cycle count is another.
    expect(mapped?.readUInt32BE(8)).toBe(runnerSsrc);
    expect(mapped!.readUInt32BE(16) & 0xffff).toBe(4000);
    expect(mapped?.readUInt32BE(24)).toBe(lsr);
    expect(mapped?.readUInt32BE(28)).toBe(77);
  });

  it('RR: LSR and DLSR are zero if that sender report was of another leg', () => {
    const mapped = mapRtcp(header(201, 1, pageSsrc, ...block(toPageSsrc, 1001, 0x1234, 77)), relay.fromPage);
    expect(mapped?.readUInt32BE(24)).toBe(0);
    expect(mapped?.readUInt32BE(28)).toBe(0);
  });

  it('RR: blocks about streams that another leg feeds are dropped, and a report without blocks too', () => {
    const both = header(201, 2, pageSsrc, ...block(999, 5, 0, 0), ...block(toPageSsrc, 1001, 0, 0));
    const mapped = mapRtcp(both, relay.fromPage);
    expect(mapped).toHaveLength(32);
    expect(mapped![0]! & 0x1f).toBe(1);
    expect(mapped?.readUInt32BE(8)).toBe(runnerSsrc);
    expect(mapRtcp(header(201, 1, pageSsrc, ...block(999, 5, 0, 0)), relay.fromPage)).toBeNull();
    const old = { forward: relay.fromPage.forward, backward: relay.earlier };
    expect(mapRtcp(header(201, 1, pageSsrc, ...block(toPageSsrc, 1001, 0, 0)), old)).toBeNull();
  });

  it('SDES: the first chunk’s SSRC is mapped', () => {
    const cname = 0x01026162;
    expect(mapRtcp(header(202, 1, runnerSsrc, cname, 0), relay.fromRunner)).toEqual(
      header(202, 1, toPageSsrc, cname, 0),
    );
    expect(mapRtcp(header(202, 1, 12_345, cname, 0), relay.fromRunner)).toBeNull();
  });

  it('NACK: PIDs become the source’s; those before its first packet are dropped', () => {
    const asked = header(
      205,
      1,
      pageSsrc,
      toPageSsrc,
      (1000 << 16) | 0x1,
      (1001 << 16) | 0x3,
      (1005 << 16) | 0,
    );
    expect(mapRtcp(asked, relay.fromPage)).toEqual(
      header(205, 1, pageSsrc, runnerSsrc, (4000 << 16) | 0x3, (4004 << 16) | 0),
    );
    expect(mapRtcp(header(205, 1, pageSsrc, toPageSsrc, 990 << 16), relay.fromPage)).toBeNull();
  });

  it('transport-cc: the base becomes the source’s; dropped if it is from before the switch', () => {
    const feedback = (media: number, base: number) =>
      header(205, 15, pageSsrc, media, (base << 16) | 2, 0x0000_1234, 0x2000_0000);
    expect(mapRtcp(feedback(toPageSsrc, 301), relay.fromPage)).toEqual(feedback(runnerSsrc, 20));
    expect(mapRtcp(feedback(toPageSsrc, 330), relay.fromPage)).toEqual(feedback(runnerSsrc, 49));
    expect(mapRtcp(feedback(toPageSsrc, 300), relay.fromPage)).toBeNull();
  });

  it('PLI, FIR and REMB: SSRCs are mapped', () => {
    expect(mapRtcp(pictureLoss(toPageSsrc, pageSsrc), relay.fromPage)).toEqual(
      pictureLoss(runnerSsrc, pageSsrc),
    );
    expect(mapRtcp(header(206, 4, pageSsrc, 0, toPageSsrc, 0x0500_0000), relay.fromPage)).toEqual(
      header(206, 4, pageSsrc, 0, runnerSsrc, 0x0500_0000),
    );
    const remb = Buffer.from('REMB').readUInt32BE(0);
    expect(mapRtcp(header(206, 15, pageSsrc, 0, remb, 0x0103_1234, toPageSsrc), relay.fromPage)).toEqual(
      header(206, 15, pageSsrc, 0, remb, 0x0103_1234, runnerSsrc),
    );
    expect(mapRtcp(header(206, 15, pageSsrc, 0, 0x4141_4141, 0, toPageSsrc), relay.fromPage)).toBeNull();
    expect(mapRtcp(pictureLoss(12_345, pageSsrc), relay.fromPage)).toBeNull();
  });

  it('the sender of feedback is known to the other side by its outgoing SSRC', () => {
    expect(mapRtcp(pictureLoss(pageSsrc, runnerSsrc), relay.fromRunner)).toEqual(
      pictureLoss(pageSsrc, toPageSsrc),
    );
  });

  it.each([
    ['BYE', header(203, 1, runnerSsrc)],
    ['APP', header(204, 0, runnerSsrc, 0x6e61_6d65)],
    ['XR', header(207, 0, runnerSsrc, 0x0400_0002, 1, 2)],
    ['TMMBR', header(205, 3, runnerSsrc, 0, pageSsrc, 0)],
  ])('%s is dropped', (_, packet) => {
    expect(mapRtcp(packet, relay.fromRunner)).toBeNull();
  });

  it('from a standby only PLI and FIR pass', () => {
    relay.toPage.state = 'standby';
    const compound = Buffer.concat([
      header(201, 1, runnerSsrc, ...block(pageSsrc, 100, 0, 0)),
      header(205, 1, runnerSsrc, pageSsrc, 100 << 16),
      header(205, 15, runnerSsrc, pageSsrc, (1 << 16) | 1, 0, 0),
      pictureLoss(pageSsrc, runnerSsrc),
      header(206, 4, runnerSsrc, 0, pageSsrc, 0x0500_0000),
    ]);
    const mapped = mapRtcp(compound, relay.fromRunner);
    expect(mapped).toEqual(
      Buffer.concat([
        pictureLoss(pageSsrc, toPageSsrc),
        header(206, 4, toPageSsrc, 0, pageSsrc, 0x0500_0000),
      ]),
    );
  });

  it('moves together what is left of a compound', () => {
    const compound = Buffer.concat([
      header(203, 1, pageSsrc),
      header(201, 1, pageSsrc, ...block(toPageSsrc, 1001, 0, 0)),
      header(207, 0, pageSsrc, 0),
      pictureLoss(toPageSsrc, pageSsrc),
    ]);
    const mapped = mapRtcp(compound, relay.fromPage);
    expect(mapped).toHaveLength(32 + 12);
    expect(mapped?.subarray(32)).toEqual(pictureLoss(runnerSsrc, pageSsrc));
  });

  it('stops at a packet that claims to be longer than the compound', () => {
    const broken = pictureLoss(toPageSsrc, pageSsrc);
    broken.writeUInt16BE(9, 2);
    const compound = Buffer.concat([pictureLoss(toPageSsrc, pageSsrc), broken]);
    expect(mapRtcp(compound, relay.fromPage)).toEqual(pictureLoss(runnerSsrc, pageSsrc));
  });
});
