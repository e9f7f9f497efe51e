import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../relay/rig.ts';
import { LiveLink } from './live-link.ts';
import { untilOpenSockets } from './open-sockets.ts';
import { RunnerProcess } from './runner-process.ts';
import type { Message } from './scripted-runner.ts';
import { WireTap } from './wire-tap.ts';

let browser: Browser;
let runner: RunnerProcess;
let tap: WireTap;
let live: LiveLink;

const token = 'open-sesame-open-sesame';

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  runner = await RunnerProcess.start(0, ['--token', token]);
  tap = await WireTap.start(() => runner.url);
  live = await LiveLink.open(browser);
});
afterEach(async () => {
  await live.close();
  await tap.close();
  await runner.end('SIGKILL');
});

const said = (type: string, messages: readonly Message[]): Message[] =>
  messages.filter((message) => message.type === type);

/** Frames that never reached the page's decoder, by its own count. */
async function lostPackets(): Promise<number> {
  const { 'inbound-rtp': inbound } = await live.page.call<{ 'inbound-rtp': { packetsLost: number } }>(
    'stats',
  );
  return inbound.packetsLost;
}

describe('a session whose signalling was cut', () => {
  it('A17 A20: is resumed with its token, and media goes on without a packet missing', async () => {
    await live.live(tap.url, { token });
    const [first] = tap.sockets;
    const [ready] = said('ready', first!.heard);
    const [answer] = said('answer', first!.heard);
    first!.cut();
    const { strategy, media } = await live.link.phase('recovering');
    expect({ strategy, media }).toEqual({ strategy: 'resume', media: 'flowing' });
    await live.link.phase('live');
    await live.moves(30);

    expect(tap.sockets).toHaveLength(2);
    const { path, headers, said: saidSecond, heard } = tap.last;
    expect(path).toBe('/ws');
    expect(headers.authorization).toBe(`Bearer ${token}`);
    expect(headers['linkspan-resume']).toBe(ready!['resume_token']);
    expect(said('resumed', heard)[0]).toMatchObject({ session_id: answer!['sessionId'], media: true });
    expect(said('offer', saidSecond)).toEqual([]);
    expect(live.legs).toHaveLength(1);
    expect(await lostPackets()).toBe(0);
  });
});

describe('a session whose media died', () => {
  it('A14 A18 A20: gets a second peer connection in the same session, and the page keeps its own', async () => {
    await live.live(tap.url, { token, parameters: { strength: 0.5 } });
    live.link.host.setParameters({ strength: 0.7 });
    live.freeze();
    expect((await live.link.phase('degraded')).reason).toBe('stalled');
    await live.link.phase('live');
    await live.moves(10);

    expect(tap.sockets).toHaveLength(1);
    const offers = said('offer', tap.last.said);
    const [answer] = said('answer', tap.last.heard);
    expect(offers).toHaveLength(2);
    expect(offers[1]).toMatchObject({
      sessionId: answer!['sessionId'],
      initialParameters: { strength: 0.7 },
    });
    expect(live.legs.map(({ state }) => state)).toEqual(['closed', 'connected']);
    expect(await live.page.read('negotiations')).toBe(0);
    expect(await live.page.read('connectionStates')).toEqual(['connecting', 'connected']);
  });
});

describe('a session that is gone', () => {
  it('A20 A21 A34: a refused resume goes on as a new session over the same socket', async () => {
    await live.live(tap.url, { token, parameters: { strength: 0.5 } });
    const { port } = runner;
    await runner.end('SIGKILL');
    live.link.host.setParameters({ strength: 0.2 });
    await live.link.phase('recovering');
    runner = await RunnerProcess.start(port, ['--token', token]);
    await live.link.phase('live');
    await live.moves();

    const { headers, heard, said: saidLast } = tap.last;
    expect(headers['linkspan-resume']).not.toBe('new');
    expect(said('resume_failed', heard)).toHaveLength(1);
    const [offer] = said('offer', saidLast);
    expect(offer).toMatchObject({ initialParameters: { strength: 0.2 } });
    expect(offer).not.toHaveProperty('sessionId');
  });
});

describe('after all of it', () => {
  it('A29: stop leaves no socket behind', async () => {
    await live.live(tap.url, { token });
    tap.last.cut();
    await live.link.phase('recovering');
    await live.link.phase('live');
    live.freeze();
    await live.link.phase('degraded');
    await live.link.phase('live');
    await live.link.host.stop();
    await live.link.host.detachPage();
    await tap.close();
    await untilOpenSockets(0);
  });
});

describe('a runner that leaves', () => {
  it('A20 A62: is left for the next one before it goes, and the picture moves all the while', async () => {
    const [leaving, next] = await Promise.all([
      RunnerProcess.start(0, ['--drain-timeout', '10']),
      RunnerProcess.start(),
    ]);
    await live.live(leaving.url, {
      parameters: { strength: 0.5 },
      fallbacks: [{ name: 'next', url: next.url, token: null }],
    });
    await live.page.call('resetGap');
    const ended = leaving.end('SIGTERM');
    expect((await live.link.phase('degraded')).reason).toBe('leaving');
    live.link.host.setParameters({ strength: 0.3 });
    await live.link.phase('live');
    expect(live.link.host.status().endpoint?.name).toBe('next');
    await live.moves(10);
    await ended;
    expect(live.link.states.map(({ phase }) => phase)).not.toContain('recovering');
    expect(live.legs.map(({ state }) => state)).toEqual(['closed', 'connected']);
    await next.end('SIGKILL');
  });
});
