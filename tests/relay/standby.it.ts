import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pictureLoss } from '../../main/relay/rtcp/picture-loss.ts';
import { rtpPacket, vp8Delta, vp8Key } from '../../main/relay/rtp/rtp-packet.fixture.ts';
import type { PlainPeer } from './plain-peer.ts';
import { PlainRig, type PlainLeg } from './plain-rig.ts';

const ticksPerFrame = 3000;
let rig: PlainRig;

beforeEach(() => {
  rig = new PlainRig();
});
afterEach(() => rig.close());

/** Frame by frame from one runner, each a packet; the first is a key frame. */
function picture({ runner }: PlainLeg, ssrc: number, firstSequence = 1) {
  let count = 0;
  return (payload = count === 0 ? vp8Key : vp8Delta) => {
    const sequence = firstSequence + count;
    runner.send(rtpPacket({ ssrc, sequence, timestamp: count * ticksPerFrame, payload }));
    count++;
  };
}

const sequences = ({ received }: PlainPeer) => received.map((packet) => packet.readUInt16BE(2));
const timestamps = ({ received }: PlainPeer) => received.map((packet) => packet.readUInt32BE(4));

/** Payload type and format of each RTCP packet, and the SSRC it is about. */
const control = (peer: PlainPeer) =>
  peer.control.map((packet) => `${packet[1]}/${packet[0]! & 0x1f} ${packet.readUInt32BE(8)}`);
const keyFrameRequest = (ssrc: number) => `206/1 ${ssrc}`;

async function activeAndStandby() {
  const { page } = await rig.attachPage();
  const active = await rig.connectRunner(900);
  const frame = picture(active, 900);
  frame();
  frame();
  await page.until('received', 2);
  const standby = await rig.connectRunner(950);
  return { page, active, frame, standby };
}

describe('a standby', () => {
  it('has the page’s picture from the start, like the leg that is active', async () => {
    const { page, active, standby } = await activeAndStandby();
    for (const sequence of [7, 8]) page.send(rtpPacket({ ssrc: 500, sequence, timestamp: sequence * 3000 }));
    await active.runner.until('received', 2);
    await standby.runner.until('received', 2);
    expect(standby.runner.received).toEqual(active.runner.received);
    expect(active.leg.counters.sent).toBe(2);
    expect(standby.leg.counters.sent).toBe(2);
  });

  it('hears nothing of what the page says about the picture that it sees', async () => {
    const { page, active, standby } = await activeAndStandby();
    const shown = page.received[0]!.readUInt32BE(8);
    page.transport.sendRtcp(pictureLoss(shown, 1));
    await active.runner.until('control', 1);
    expect(control(active.runner)).toEqual([keyFrameRequest(900)]);
    page.send(rtpPacket({ ssrc: 500, sequence: 7 }));
    await standby.runner.until('received', 1);
    expect(control(standby.runner)).toEqual([]);
  });

  it('that dies leaves the picture as it is, packet by packet', async () => {
    const { page, active, frame, standby } = await activeAndStandby();
    standby.runner.send(rtpPacket({ ssrc: 950, sequence: 70, payload: vp8Delta }));
    await standby.runner.until('control', 1);
    await standby.runner.close();
    frame();
    await page.until('received', 3);
    await standby.leg.close();
    frame();
    await page.until('received', 4);
    expect(sequences(page)).toEqual([1, 2, 3, 4]);
    expect(timestamps(page)).toEqual([0, 3000, 6000, 9000]);
    expect(active.leg.state).toBe('connected');
    page.send(rtpPacket({ ssrc: 500, sequence: 7 }));
    await active.runner.until('received', 1);
  });

  it('A14: the old leg that comes back before the standby’s first key frame carries on without a gap', async () => {
    const { page, active, frame, standby } = await activeAndStandby();
    standby.runner.send(rtpPacket({ ssrc: 950, sequence: 70, timestamp: 5, payload: vp8Delta }));
    await standby.runner.until('control', 1);
    expect(standby.leg.frames.count).toBe(1);
    frame();
    await page.until('received', 3);
    expect(active.leg.frames.count).toBe(3);
    await standby.leg.close();
    standby.runner.send(rtpPacket({ ssrc: 950, sequence: 71, timestamp: 3005, payload: vp8Key }));
    frame();
    await page.until('received', 4);
    expect(sequences(page)).toEqual([1, 2, 3, 4]);
    expect(timestamps(page)).toEqual([0, 3000, 6000, 9000]);
    expect(active.heard.events.filter(({ type }) => type === 'firstFrame')).toHaveLength(1);
    expect(standby.heard.has('firstFrame')).toBe(false);
  });

  it('A14: whose key frame comes first takes over, and the old leg is closed without a word', async () => {
    const { page, active, standby } = await activeAndStandby();
    standby.runner.send(rtpPacket({ ssrc: 950, sequence: 69, payload: vp8Delta }));
    picture(standby, 950, 70)();
    await standby.heard.until('firstFrame');
    await page.until('received', 3);
    expect(sequences(page)).toEqual([1, 2, 3]);
    expect(active.leg.state).toBe('closed');
    expect(active.heard.has('failed')).toBe(false);
    expect(active.heard.has('channelClosed')).toBe(false);
  });
});

describe('A65: a page that comes back', () => {
  it('is to the runner a request for a key frame, and nothing else', async () => {
    const { page } = await rig.attachPage();
    const live = await rig.connectRunner(900);
    const frame = picture(live, 900);
    frame();
    await page.until('received', 1);
    const { page: again } = await rig.attachPage(600);
    await live.runner.until('control', 1);
    frame(vp8Key);
    await again.until('received', 1);
    expect(control(live.runner)).toEqual([keyFrameRequest(900)]);
    expect(live.leg.state).toBe('connected');
    expect(live.heard.events.map(({ type }) => type)).toEqual(['connected', 'firstFrame']);
  });

  it('while a standby waits finds both legs, and the switch still to come', async () => {
    const { frame, standby } = await activeAndStandby();
    const { page: again } = await rig.attachPage(600);
    await standby.runner.until('control', 1);
    frame(vp8Key);
    await again.until('received', 1);
    picture(standby, 950, 70)();
    await again.until('received', 2);
    const [first, second] = sequences(again);
    expect(second).toBe(first! + 1);
    expect(new Set(again.received.map((packet) => packet.readUInt32BE(8))).size).toBe(1);
  });
});
