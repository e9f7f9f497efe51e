import { afterEach, describe, expect, it, vi } from 'vitest';
import { relaying } from '../../main/relay/defaults.ts';
import { rtpPacket, vp8Delta, vp8Key } from '../../main/relay/rtp/rtp-packet.fixture.ts';
import { parseCandidate, parseSdp } from '../../main/relay/sdp/parse.ts';
import type { LegRecorder } from '../relay/rig.ts';
import { bindingRequest, transactionOf } from '../relay/stun-request.ts';
import { makeCertificate, trust } from './certificate.ts';
import { onlyByTurn } from './only-by-turn.ts';
import { byTurn, connected, TurnRig, type IceServers } from './turn-rig.ts';

const turn = new TurnRig();
afterEach(async () => {
  vi.useRealTimers();
  await turn.close();
});

/** Also tells what the runner was told: in the offer, and what was trickled after it. */
function listening(...iceServers: IceServers) {
  const offers: string[] = [];
  const route = byTurn(...iceServers);
  const through: typeof onlyByTurn = (exchange) => (offer) => {
    offers.push(offer);
    return onlyByTurn(exchange)(offer);
  };
  const relayed = (heard: LegRecorder) => {
    const trickled = heard.candidates.flatMap(
      (line) => parseCandidate(line.slice('candidate:'.length)) ?? [],
    );
    return [...parseSdp(offers[0]!).candidates, ...trickled].filter(({ type }) => type === 'relay');
  };
  return { offers, relayed, route: { ...route, through } };
}

describe('A67: media over TURN', () => {
  it.each(['udp', 'tcp', 'tls'] as const)(
    'goes both ways over %s to a runner that nothing else reaches',
    async (transport) => {
      const tls = transport === 'tls' ? await makeCertificate() : null;
      if (tls) trust(tls.cert);
      const server = await turn.startServer({ transport, ...(tls ? { tls } : {}) });
      const { rig, page } = await turn.attached();
      const { relayed, route } = listening(server.iceServer);
      const made = await rig.negotiateRunner(900, route);
      await connected(made);
      expect(relayed(made.heard).map(({ address }) => address)).toEqual(['127.0.0.1']);

      page.send(rtpPacket({ ssrc: 500, sequence: 7, payload: Buffer.alloc(1001, 1) }));
      await made.runner.until('received', 1);
      expect(made.runner.received[0]!.readUInt16BE(2)).toBe(7);
      made.runner.send(rtpPacket({ ssrc: 900, sequence: 9, payload: vp8Key }));
      await page.until('received', 1);
      expect(made.heard.has('firstFrame')).toBe(true);
      expect(server.relayed.fromClient).toBeGreaterThan(0);
      expect(server.relayed.toClient).toBeGreaterThan(0);
    },
  );

  it('goes on when the server’s nonce has changed by the time the channel is renewed', async () => {
    const server = await turn.startServer();
    const { rig, page } = await turn.attached();
    const made = await rig.negotiateRunner(900, byTurn(server.iceServer));
    await connected(made);
    const bound = server.count('channelBind');
    // A permission, which a channel rests on, lasts 300 s (RFC 8656, 9).
    expect(relaying.channelRefreshSeconds).toBeLessThan(300);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + relaying.channelRefreshSeconds * 1000 });
    server.changeNonce();
    page.send(rtpPacket({ ssrc: 500, sequence: 7 }));
    await made.runner.until('received', 1);
    expect(server.count('channelBind')).toBe(bound + 1);
    expect(server.refusals).toEqual([401, 438]);
  });

  it('prefers the server’s UDP to its TCP, whichever comes first in the list', async () => {
    const [tcp, udp] = [await turn.startServer({ transport: 'tcp' }), await turn.startServer()];
    const { rig } = await turn.attached();
    const { relayed, route } = listening(tcp.iceServer, udp.iceServer);
    const { heard } = await rig.negotiateRunner(900, route);
    while (relayed(heard).length < 2) await new Promise((resolve) => setImmediate(resolve));
    const [first, second] = relayed(heard).toSorted((a, b) => b.priority - a.priority);
    expect(first!.port).toBe(udp.relayPorts[0]);
    expect(second!.port).toBe(tcp.relayPorts[0]);
    expect(first!.priority).toBeGreaterThan(second!.priority);
    expect(first!.foundation).not.toBe(second!.foundation);
  });

  it('a check from behind the server that is not signed with our password is not answered', async () => {
    const server = await turn.startServer();
    const { rig } = await turn.attached();
    const { offers, route } = listening(server.iceServer);
    await connected(await rig.negotiateRunner(900, route));
    const { iceUfrag, icePwd } = parseSdp(offers[0]!);
    const port = server.relayPorts[0]!;
    const stranger = await turn.udpSocket();
    const reply = new Promise<Buffer>((resolve) => stranger.once('message', resolve));
    const [guess, known] = ['a guess', icePwd].map((password) =>
      bindingRequest({ username: `${iceUfrag}:abcd`, password }),
    );
    stranger.send(guess!, port, '127.0.0.1');
    stranger.send(known!, port, '127.0.0.1');
    expect(transactionOf(await reply)).toBe(transactionOf(known!));
  });

  it('media from before the channel, as indications, reaches the relay as well', async () => {
    const server = await turn.startServer();
    const { rig, page } = await turn.attached();
    const made = await rig.negotiateRunner(900, byTurn(server.iceServer));
    await connected(made);
    server.forgetChannels();
    made.runner.send(rtpPacket({ ssrc: 900, sequence: 9, payload: vp8Key }));
    made.runner.send(rtpPacket({ ssrc: 900, sequence: 10, payload: vp8Delta }));
    await page.until('received', 2);
  });
});
