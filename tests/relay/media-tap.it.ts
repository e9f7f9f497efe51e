import { afterEach, expect, it } from 'vitest';
import type { RunnerLeg } from '../../main/link/media-port.ts';
import { rtpPacket, vp8Delta, vp8Key } from '../../main/relay/rtp/rtp-packet.fixture.ts';
import { PlainRig } from './plain-rig.ts';

const frozen = new Set<RunnerLeg>();
const rig = new PlainRig({ tap: { fromRunner: (leg) => (frozen.has(leg) ? 'drop' : 'pass') } });
afterEach(() => rig.close());

it('a tap makes one runner’s media vanish: nothing is told, nothing counted, another leg carries on', async () => {
  const { page } = await rig.attachPage();
  const first = await rig.connectRunner(900);
  first.runner.send(rtpPacket({ ssrc: 900, sequence: 1, timestamp: 0 }));
  await page.until('received', 1);
  const { received } = first.leg.counters;
  const told = first.heard.events.length;

  frozen.add(first.leg);
  first.runner.send(rtpPacket({ ssrc: 900, sequence: 2, timestamp: 3000 }));
  const second = await rig.connectRunner(950);
  second.runner.send(rtpPacket({ ssrc: 950, sequence: 10, payload: vp8Key }));
  second.runner.send(rtpPacket({ ssrc: 950, sequence: 11, payload: vp8Delta }));
  await page.until('received', 3);
  expect(page.received.map((packet) => packet.readUInt16BE(2))).toEqual([1, 2, 3]);
  expect(first.leg.counters.received).toBe(received);
  expect(first.leg.frames.count).toBe(1);
  expect(first.heard.events).toHaveLength(told);
});
