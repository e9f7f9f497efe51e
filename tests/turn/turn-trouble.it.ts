import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connecting } from '../../main/relay/defaults.ts';
import { rtpPacket, vp8Key } from '../../main/relay/rtp/rtp-packet.fixture.ts';
import { parseSdp } from '../../main/relay/sdp/parse.ts';
import { untilOpenSockets } from '../link/open-sockets.ts';
import type { PlainLeg } from '../relay/plain-rig.ts';
import { byTurn, connected, TurnRig } from './turn-rig.ts';

const turn = new TurnRig();
afterEach(async () => {
  vi.useRealTimers();
  await turn.close();
});

const relayedIn = (offer: string) => parseSdp(offer).candidates.filter(({ type }) => type === 'relay');

/** Nothing is found; the time until that is said is not waited for. */
async function whyNotConnected(negotiate: () => Promise<PlainLeg>): Promise<string> {
  const { heard } = await negotiate();
  vi.advanceTimersByTime(connecting.connectMs);
  await heard.until('failed');
  return heard.texts('failed')[0]!;
}

describe('A67: TURN servers in trouble', () => {
  it('the offer does not wait for a server that is slow, whose address is used when it comes', async () => {
    const answer = Promise.withResolvers<void>();
    const server = await turn.startServer({
      hold: (method) => (method === 'allocate' ? answer.promise : undefined),
    });
    const { rig, page } = await turn.attached();
    const offers: string[] = [];
    const route = byTurn(server.iceServer);
    const made = await rig.negotiateRunner(900, {
      ...route,
      through: (exchange) => async (offer) => {
        offers.push(offer);
        return route.through!(exchange)(offer);
      },
    });
    expect(offers[0]).not.toContain('a=end-of-candidates');
    expect(relayedIn(offers[0]!)).toEqual([]);
    expect(made.leg.state).toBe('connecting');
    answer.resolve();
    await connected(made);
    expect(made.heard.candidates.filter((line) => line.includes('typ relay'))).toHaveLength(1);
    made.runner.send(rtpPacket({ ssrc: 900, sequence: 9, payload: vp8Key }));
    await page.until('received', 1);
  });

  it('a server that never answers keeps nobody from connecting directly', async () => {
    const { rig } = await turn.attached();
    const made = await rig.negotiateRunner(900, {
      iceServers: [await turn.silentServer()],
      loopbackOnly: false,
    });
    await connected(made);
    expect(made.leg.state).toBe('connected');
  });

  it('where the first server never answers, the second one serves', async () => {
    const server = await turn.startServer();
    const { rig } = await turn.attached();
    await connected(await rig.negotiateRunner(900, byTurn(await turn.silentServer(), server.iceServer)));
    expect(server.allocations).toBe(1);
  });

  it('wrong credentials are named when nothing else connects, without telling them', async () => {
    const server = await turn.startServer();
    const { rig } = await turn.attached();
    const refused = { ...server.iceServer, credential: 'not the secret' };
    const why = await whyNotConnected(async () => {
      const made = rig.negotiateRunner(900, {
        ...byTurn(refused),
        through: (exchange) => {
          const hidden = byTurn(refused).through!(exchange);
          return async (offer) => {
            await server.until(() => server.refusals.length === 2);
            vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
            return hidden(offer);
          };
        },
      });
      return made;
    });
    expect(why).toBe(`not connected within 30 s; TURN server ${refused.urls}: 401 no`);
    expect(server.refusals).toEqual([401, 401]);
  });

  it.each(['udp', 'tcp'] as const)('a server that is not there is named at once (%s)', async (transport) => {
    const gone = await turn.startServer({ transport });
    await gone.close();
    const { rig } = await turn.attached();
    const route = byTurn(gone.iceServer);
    const why = await whyNotConnected(() =>
      rig.negotiateRunner(900, {
        ...route,
        through: (exchange) => async (offer) => {
          vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
          return route.through!(exchange)(offer);
        },
      }),
    );
    expect(why).toContain(`TURN server ${gone.iceServer.urls}: `);
    expect(why).toContain('ECONNREFUSED');
  });

  it('a stream that the server ends is the end of the leg, told at once and once', async () => {
    const server = await turn.startServer({ transport: 'tcp' });
    const { rig } = await turn.attached();
    const made = await rig.negotiateRunner(900, byTurn(server.iceServer));
    await connected(made);
    server.dropClients();
    await made.heard.until('failed');
    expect(made.heard.texts('failed')).toEqual(['ICE found no way, or lost it']);
    expect(made.leg.state).toBe('failed');
  });

  it('a stream that is no TURN is left, not kept', async () => {
    const server = await turn.startServer({ transport: 'tcp' });
    const { rig } = await turn.attached();
    const made = await rig.negotiateRunner(900, byTurn(server.iceServer));
    await connected(made);
    server.sendGarbage(Buffer.alloc(40, 0xff));
    await server.until(() => server.connections === 0);
    await made.heard.until('failed');
  });

  it('a stream that the chosen path does not use may end', async () => {
    const [udp, tcp] = [await turn.startServer(), await turn.startServer({ transport: 'tcp' })];
    const { rig, page } = await turn.attached();
    const made = await rig.negotiateRunner(900, {
      iceServers: [udp.iceServer, tcp.iceServer],
      loopbackOnly: false,
    });
    await connected(made);
    await tcp.until(() => tcp.allocations === 1);
    tcp.dropClients();
    await tcp.until(() => tcp.connections === 0);
    made.runner.send(rtpPacket({ ssrc: 900, sequence: 9, payload: vp8Key }));
    await page.until('received', 1);
    expect(made.leg.state).toBe('connected');
  });
});

describe('A29: what a leg had of a TURN server', () => {
  // Those of the test before may still be closing.
  beforeEach(() => untilOpenSockets(0));

  it.each(['udp', 'tcp'] as const)('is given back when it closes (%s)', async (transport) => {
    const server = await turn.startServer({ transport });
    const { rig } = await turn.attached();
    const before = openSockets();
    const { leg, heard, runner } = await rig.negotiateRunner(900, byTurn(server.iceServer));
    await heard.until('connected');
    expect(server.allocations).toBe(1);
    await leg.close();
    await server.until(() => server.allocations === 0);
    expect(server.count('refresh')).toBe(1);
    await runner.close();
    await server.until(() => server.connections === 0);
    await untilOpenSockets(before);
  });

  it('is given up while it is asked for', async () => {
    const { rig } = await turn.attached();
    const held = Promise.withResolvers<void>();
    const server = await turn.startServer({
      hold: (method) => (method === 'allocate' ? held.promise : undefined),
    });
    const silent = await turn.silentServer();
    const before = openSockets();
    const { leg, runner } = await rig.negotiateRunner(900, byTurn(silent, server.iceServer));
    expect(openSockets()).toBeGreaterThan(before + 2);
    await leg.close();
    await runner.close();
    await untilOpenSockets(before);
    held.resolve();
  });

  function openSockets(): number {
    return process.getActiveResourcesInfo().filter((kind) => /^(TCP|TLS|UDP).*Wrap$/.test(kind)).length;
  }
});
