import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, TestRunner } from '../relay/rig.ts';
import { LiveLink } from './live-link.ts';
import { agreeable, ScriptedRunner, type Message, type ScriptedPeer } from './scripted-runner.ts';

/** A server that speaks the base protocol alone, with media of libwebrtc. */
class BaseServer {
  readonly ws: ScriptedRunner;
  readonly media: TestRunner;

  private constructor(ws: ScriptedRunner, media: TestRunner) {
    this.ws = ws;
    this.media = media;
  }

  static async start(): Promise<BaseServer> {
    const media = await TestRunner.start();
    let sessions = 0;
    const offered = async (offer: Message, peer: ScriptedPeer): Promise<void> => {
      const sdp = await media.exchange(String(offer['sdp']));
      sessions += 1;
      peer.send({
        type: 'answer',
        request_id: offer['request_id'],
        sdp,
        sdp_type: 'answer',
        sessionId: `s${sessions}`,
      });
    };
    const ws = await ScriptedRunner.listen({
      greet(peer) {
        peer.send({ type: 'logs', lines: ['loading weights'] });
        peer.send({ type: 'ready', connection_id: 'c1' });
      },
      answer(message, peer) {
        if (message.type === 'offer') {
          void offered(message, peer);
          return null;
        }
        if (message['method'] === 'DELETE') media.process.send({ close: true });
        // Candidates are in its answer, and the app's in the offer or learnt from its checks.
        return agreeable(message, peer);
      },
    });
    return new BaseServer(ws, media);
  }

  get last(): ScriptedPeer {
    return this.ws.peers.at(-1)!;
  }

  async close(): Promise<void> {
    await this.ws.close();
    await this.media.kill();
  }
}

let browser: Browser;
let server: BaseServer;
let live: LiveLink;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  [server, live] = await Promise.all([BaseServer.start(), LiveLink.open(browser)]);
  await live.live(server.ws.url, { parameters: { strength: 0.5 } });
});
afterEach(async () => {
  await live.close();
  await server.close();
});

const tellable = ({ type, method, path }: Message): string =>
  type === 'api' ? `${String(method)} ${String(path)}` : type;

describe('a server with the base protocol only', () => {
  it('is live with messages of the base protocol only, pongs of WebSocket, and a picture', async () => {
    const { stats } = await live.link.until(() => {
      const status = live.link.host.status();
      return status.stats.rttMs === null ? undefined : status;
    });
    expect(stats.rttMs).toBeGreaterThanOrEqual(0);
    const told = new Set(server.last.received.map(tellable));
    told.delete('icecandidate');
    expect([...told]).toEqual([
      'set_user_id',
      'POST /api/v1/pipeline/load',
      'GET /api/v1/pipelines',
      'get_ice_servers',
      'offer',
    ]);
    expect(server.last.said('offer')[0]).not.toHaveProperty('sessionId');
    await live.moves(30);
  });

  it('may say what nobody knows, in forms that nobody expects', async () => {
    const { length } = live.link.states;
    server.last.send({ type: 'weather', wind: [3] });
    server.last.send({ type: 'frames', in: 'many' });
    server.last.send({ type: 'resumed', session_id: 'x' });
    server.last.send({ type: 'ready', connection_id: 'again' });
    server.last.send({ type: 'answer', request_id: 'nobody asked', sdp: '', sessionId: 's9' });
    server.last.socket.send('{"type":');
    server.last.socket.send('null');
    server.last.socket.send(Buffer.from([0, 1, 2]));
    server.last.send({ type: 'logs', lines: ['the last of them'] });
    await live.link.until(() =>
      live.link.events.find((event) => event.type === 'logs' && event.lines[0] === 'the last of them'),
    );
    expect(live.link.states.slice(length).every(({ phase }) => phase === 'live')).toBe(true);
    await live.moves(10);
  });

  it('A21 A34: that is lost is joined anew, with the latest parameters and a picture', async () => {
    live.link.host.setParameters({ strength: 0.8 });
    server.last.socket.terminate();
    expect((await live.link.phase('recovering')).strategy).toBe('rejoin');
    await live.link.phase('live');
    await live.moves(10);
    expect(server.ws.peers).toHaveLength(2);
    expect(server.last.said('offer')).toMatchObject([{ initialParameters: { strength: 0.8 } }]);
    expect(live.legs.map(({ state }) => state)).toEqual(['closed', 'connected']);
    expect(await live.page.read('negotiations')).toBe(0);
  });

  it('A14: whose picture stops loses its old session, and makes another over the same socket', async () => {
    live.freeze();
    expect((await live.link.phase('degraded')).reason).toBe('stalled');
    live.link.host.setParameters({ strength: 0.1 });
    await live.link.phase('recovering');
    await live.link.phase('live');
    await live.moves(10);
    const said = server.last.received
      .map(tellable)
      .filter((line) => line === 'offer' || line.startsWith('DELETE'));
    expect(said).toEqual(['offer', 'DELETE /api/v1/webrtc/offer/s1', 'offer']);
    expect(server.last.said('offer')[1]).toMatchObject({ initialParameters: { strength: 0.1 } });
    expect(server.ws.peers).toHaveLength(1);
    expect(live.legs.map(({ state }) => state)).toEqual(['closed', 'connected']);
  });

  it('A13: whose media ends is given a new session over the same socket', async () => {
    server.media.process.send({ close: true });
    expect((await live.link.phase('recovering')).strategy).toBe('rebuild');
    await live.link.phase('live');
    await live.moves(10);
    expect(server.ws.peers).toHaveLength(1);
  });
});
