import { Message } from 'werift';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rtpPacket, vp8Key } from '../../main/relay/rtp/rtp-packet.fixture.ts';
import { Allocation } from '../../main/relay/transport/turn/allocation.ts';
import { DatagramPath } from '../../main/relay/transport/turn/datagram-path.ts';
import { turnServers } from '../../main/relay/transport/turn/turn-servers.ts';
import { Coturn, coturnIsMissing, coturnRelayAddress } from './coturn.ts';
import { onlyRelayed } from './only-by-turn.ts';
import { connected, TurnRig } from './turn-rig.ts';

const missing = coturnIsMissing();
if (missing !== null) console.log(`Not tested against coturn: ${missing}`);

const shortNonceSeconds = 1;
const refresh = 0x004;

describe.skipIf(missing !== null)('with coturn', () => {
  const turn = new TurnRig();
  let coturn: Coturn;

  beforeEach(async () => {
    coturn = await Coturn.start(shortNonceSeconds);
  });
  afterEach(async () => {
    await turn.close();
    await coturn.stop();
  });

  it.each(['udp', 'tcp'] as const)('A67: media goes both ways over %s', async (transport) => {
    const { rig, page } = await turn.attached();
    const made = await rig.negotiateRunner(900, {
      iceServers: [coturn.iceServer(transport)],
      loopbackOnly: false,
      hears: coturnRelayAddress,
      through: (exchange) => (offer) => exchange(onlyRelayed(offer)),
    });
    await connected(made);
    page.send(rtpPacket({ ssrc: 500, sequence: 7, payload: Buffer.alloc(1001, 1) }));
    await made.runner.until('received', 1);
    made.runner.send(rtpPacket({ ssrc: 900, sequence: 9, payload: vp8Key }));
    await page.until('received', 1);
    expect(made.leg.state).toBe('connected');
  });

  it('an allocation outlives its nonce', async () => {
    const [server] = turnServers([coturn.iceServer('udp')]);
    const allocation = new Allocation(server!, await DatagramPath.open(server!));
    await allocation.allocate(new AbortController().signal);
    const first = allocation.nonce!;
    while (allocation.nonce!.equals(first)) {
      const request = new Message(refresh, 0).setAttribute('LIFETIME', 600);
      const [answer] = await allocation.requestWithRetry(request, allocation.server);
      expect(answer.getAttributeValue('LIFETIME')).toBe(600);
    }
    await allocation.close();
  });
});
