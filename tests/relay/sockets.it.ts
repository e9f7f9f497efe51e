import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rtpPacket, vp8Delta, vp8Key } from '../../main/relay/rtp/rtp-packet.fixture.ts';
import { parseSdp } from '../../main/relay/sdp/parse.ts';
import { PlainRig } from './plain-rig.ts';
import { bindingRequest, transactionOf } from './stun-request.ts';
import { LegRecorder } from './rig.ts';

let rig: PlainRig;
let sockets: Socket[];

beforeEach(() => {
  rig = new PlainRig();
  sockets = [];
});
afterEach(async () => {
  await rig.close();
  for (const socket of sockets) socket.close();
});

async function udpSocket(): Promise<Socket> {
  const socket = createSocket('udp4');
  sockets.push(socket);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

describe('the leg between window and main', () => {
  it('S12: its answer names 127.0.0.1 and no other candidate', async () => {
    const { answer } = await rig.attachPage();
    expect(parseSdp(answer).candidates.map(({ address, type }) => [address, type])).toEqual([
      ['127.0.0.1', 'host'],
    ]);
    expect(answer.match(/a=candidate:/g)).toHaveLength(1);
    expect(answer).toContain('a=end-of-candidates');
  });

  it('S12: a second peer is not even answered, unless it knows the password that went over IPC', async () => {
    const { answer } = await rig.attachPage();
    const { iceUfrag, icePwd, candidates } = parseSdp(answer);
    const stranger = await udpSocket();
    const { port } = candidates[0]!;
    const guess = bindingRequest({ username: `${iceUfrag}:abcd`, password: 'a guess' });
    const known = bindingRequest({ username: `${iceUfrag}:abcd`, password: icePwd });
    stranger.send(guess, port, '127.0.0.1');
    stranger.send(known, port, '127.0.0.1');
    const [reply] = (await once(stranger, 'message')) as [Buffer];
    expect(transactionOf(reply)).toBe(transactionOf(known));
  });

  it('S12: a peer with another certificate than the offer named is refused', async () => {
    const page = await rig.newPeer('page');
    const lost = new Promise<string>((resolve) => rig.relay.onPageLost(resolve));
    const forged = page
      .offer()
      .replaceAll(
        /(a=fingerprint:sha-256 )(..)/g,
        (_, name: string, first: string) => `${name}${first === '00' ? '11' : '00'}`,
      );
    page.accept(await rig.relay.attachPage(forged));
    await expect(lost).resolves.toMatch(/fingerprint/);
    expect(rig.relay.pageAttached).toBe(false);
  });

  it('S12: media that was not made with the session’s keys goes nowhere', async () => {
    const { page, answer } = await rig.attachPage();
    const { runner } = await rig.connectRunner();
    const stranger = await udpSocket();
    const { port } = parseSdp(answer).candidates[0]!;
    await new Promise((resolve) =>
      stranger.send(rtpPacket({ ssrc: 500, payload: Buffer.alloc(50) }), port, '127.0.0.1', resolve),
    );
    page.send(rtpPacket({ ssrc: 500, sequence: 7 }));
    await runner.until('received', 1);
    expect(runner.received.map((packet) => packet.readUInt16BE(2))).toEqual([7]);
  });

  it('A64: the candidates in the page’s offer are not used: it is found by its first packet', async () => {
    const page = await rig.newPeer('page');
    const elsewhere = page.offer().replaceAll(/(a=candidate:.*) 127\.0\.0\.1 \d+ /g, '$1 198.51.100.7 9 ');
    page.accept(await rig.relay.attachPage(elsewhere));
    await page.connected;
  });
});

describe('packets between page and runner', () => {
  it('travel unchanged but for the numbers, under the SSRC that was announced', async () => {
    const { page, answer } = await rig.attachPage();
    const { runner, leg, heard } = await rig.connectRunner();
    const sent = rtpPacket({ ssrc: 500, sequence: 7, timestamp: 99, marker: true });
    page.send(sent);
    await runner.until('received', 1);
    expect(runner.received[0]).toEqual(sent);

    runner.send(rtpPacket({ ssrc: 900, sequence: 9, payload: vp8Key }));
    await page.until('received', 1);
    expect(heard.has('firstFrame')).toBe(true);
    expect(page.received[0]!.readUInt32BE(8)).toBe(parseSdp(answer).sections[0]?.ssrc);
    expect(leg.counters).toMatchObject({ sent: 1, received: 1 });
  });

  it('a runner that connects makes the page send a key frame', async () => {
    const { page } = await rig.attachPage();
    await rig.connectRunner();
    await page.until('control', 1);
    expect(page.control[0]).toEqual(Buffer.from('81ce000200000001000001f4', 'hex'));
  });

  it('a runner that delivers, but whose key frame was lost, is asked for another', async () => {
    await rig.attachPage();
    const { runner, heard } = await rig.connectRunner();
    runner.send(rtpPacket({ ssrc: 900, sequence: 9, payload: vp8Delta }));
    await runner.until('control', 1);
    expect(runner.control[0]!.readUInt32BE(8)).toBe(900);
    expect(heard.has('firstFrame')).toBe(false);
  });

  it('a late key frame of the old runner does not switch back', async () => {
    const { page } = await rig.attachPage();
    const first = await rig.connectRunner(900);
    first.runner.send(rtpPacket({ ssrc: 900, sequence: 1 }));
    await page.until('received', 1);
    const second = await rig.connectRunner(950);
    second.runner.send(rtpPacket({ ssrc: 950, sequence: 500 }));
    await page.until('received', 2);
    expect(first.leg.state).toBe('closed');
    first.runner.send(rtpPacket({ ssrc: 900, sequence: 2 }));
    second.runner.send(rtpPacket({ ssrc: 950, sequence: 501, payload: vp8Delta }));
    await page.until('received', 3);
    expect(page.received.map((packet) => packet.readUInt16BE(2))).toEqual([1, 2, 3]);
    expect(new Set(page.received.map((packet) => packet.readUInt32BE(8))).size).toBe(1);
  });

  it('a standby that outlives the active leg is asked for its first key frame', async () => {
    const { page } = await rig.attachPage();
    const active = await rig.connectRunner(900);
    active.runner.send(rtpPacket({ ssrc: 900, sequence: 1 }));
    await page.until('received', 1);
    const standby = await rig.connectRunner(950);
    await active.leg.close();
    standby.runner.send(rtpPacket({ ssrc: 950, sequence: 10, payload: vp8Delta }));
    await standby.runner.until('control', 1);
    standby.runner.send(rtpPacket({ ssrc: 950, sequence: 11, payload: vp8Key }));
    await page.until('received', 2);
    expect(page.received[1]!.readUInt16BE(2)).toBe(2);
  });

  it('A14: frames are counted leg by leg, on standby too, and go on when the page comes back', async () => {
    const { page } = await rig.attachPage();
    const active = await rig.connectRunner(900);
    active.runner.send(rtpPacket({ ssrc: 900, sequence: 1, timestamp: 0 }));
    active.runner.send(rtpPacket({ ssrc: 900, sequence: 2, timestamp: 0, payload: vp8Delta }));
    await page.until('received', 2);
    expect(active.leg.frames).toMatchObject({ count: 1, medianMs: null });
    const standby = await rig.connectRunner(950);
    expect(standby.leg.frames).toMatchObject({ count: 0, lastAt: null });
    standby.runner.send(rtpPacket({ ssrc: 950, sequence: 10, timestamp: 0, payload: vp8Delta }));
    await standby.runner.until('control', 1);
    expect(standby.leg.frames).toMatchObject({ count: 1, lastAt: expect.any(Number) });
    expect(active.leg.frames.count).toBe(1);

    const { page: again } = await rig.attachPage(600);
    active.runner.send(rtpPacket({ ssrc: 900, sequence: 3, timestamp: 3000 }));
    await again.until('received', 1);
    expect(active.leg.frames).toMatchObject({ count: 2, medianMs: expect.any(Number) });
  });

  it('A65: after the page came back the runner sees the same SSRC, its sequence going on', async () => {
    const { page } = await rig.attachPage();
    const { runner, leg } = await rig.connectRunner();
    page.send(rtpPacket({ ssrc: 500, sequence: 7 }));
    await runner.until('received', 1);
    const { page: again } = await rig.attachPage(600);
    again.send(rtpPacket({ ssrc: 600, sequence: 4321 }));
    await runner.until('received', 2);
    expect(runner.received.map((packet) => [packet.readUInt32BE(8), packet.readUInt16BE(2)])).toEqual([
      [500, 7],
      [500, 8],
    ]);
    await runner.until('control', 1);
    expect(leg.state).toBe('connected');
  });
});

describe('ends', () => {
  it('tells the link when the runner refuses the offer, and keeps nothing of that leg', async () => {
    await rig.attachPage();
    const refused = rig.relay.connectRunner({
      iceServers: [],
      loopbackOnly: true,
      exchange: () => Promise.reject(new Error('Offer failed: 503')),
      listener: new LegRecorder(),
    });
    await expect(refused).rejects.toThrow('Offer failed: 503');
  });

  it('closes a leg to a runner that answered and never came, silently', async () => {
    await rig.attachPage();
    const answer = readFileSync(
      path.join(import.meta.dirname, '../../main/relay/sdp/fixtures/wrtc-answer.sdp'),
      'utf8',
    );
    const heard = new LegRecorder();
    const leg = await rig.relay.connectRunner({
      iceServers: [],
      loopbackOnly: true,
      exchange: async () => answer,
      listener: heard,
    });
    expect(leg.state).toBe('connecting');
    expect(leg.send('{}')).toBe(false);
    await leg.close();
    expect(leg.state).toBe('closed');
    expect(heard.events).toEqual([]);
  });

  it('says what is missing when a runner is wanted without a page', async () => {
    const options = {
      iceServers: [],
      loopbackOnly: true,
      exchange: async () => '',
      listener: new LegRecorder(),
    };
    await expect(rig.relay.connectRunner(options)).rejects.toThrow(/no page is attached/);
    await rig.relay.dispose();
    await expect(rig.relay.connectRunner(options)).rejects.toThrow(/disposed/);
  });

  it('A29: sockets and timers are back to the baseline after 50 connects and closes', async () => {
    const warm = async () => {
      const { page } = await rig.attachPage();
      const { runner, leg } = await rig.connectRunner();
      page.send(rtpPacket({ ssrc: 500 }));
      await runner.until('received', 1);
      await leg.close();
      await rig.relay.detachPage();
      await Promise.all(rig.peers.splice(0).map((peer) => peer.close()));
    };
    await warm();
    const baseline = resources();
    for (let i = 0; i < 50; i++) await warm();
    // A leak of one per turn would show as fifty more; what is left of earlier tests may only have become less.
    await settled(baseline);
  }, 240_000);

  function resources(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const name of process.getActiveResourcesInfo()) {
      if (name.startsWith('UDP') || name === 'Timeout') counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  /** werift's timers end by themselves within seconds; what stays longer is a leak, and the test's time-out says so. */
  async function settled(baseline: Record<string, number>): Promise<void> {
    const more = () => Object.entries(resources()).some(([name, count]) => count > (baseline[name] ?? 0));
    while (more()) await new Promise((resolve) => setImmediate(resolve));
  }
});
