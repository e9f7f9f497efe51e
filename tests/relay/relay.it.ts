import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MediaPort, RunnerLeg } from '../../main/link/media-port.ts';
import { createRelay } from '../../main/relay/relay.ts';
import { connect, launchBrowser, TestPage, TestRunner } from './rig.ts';

interface PageStats {
  'inbound-rtp': { packetsLost: number; ssrc: number };
}

describe('page ⇄ relay ⇄ runner', () => {
  let browser: Browser;
  let relay: MediaPort;
  let page: TestPage;
  let runners: TestRunner[];

  const startRunner = async () => {
    const runner = await TestRunner.start();
    runners.push(runner);
    return runner;
  };

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });
  beforeEach(async () => {
    relay = createRelay();
    runners = [];
    page = await TestPage.open(browser);
  });
  afterEach(async () => {
    await page.page.close();
    await relay.dispose();
    await Promise.all(runners.map((runner) => runner.kill()));
  });

  it('brings the picture to the runner and back', async () => {
    await page.attach(relay);
    const runner = await startRunner();
    const { leg, heard } = await connect(relay, runner);
    await heard.until('connected');
    await heard.until('firstFrame');
    await page.call('moreFrames', 30);
    expect(leg.state).toBe('connected');
    expect(leg.counters.sent).toBeGreaterThan(0);
    expect(leg.counters.received).toBeGreaterThan(0);
    expect(relay.pageLastRtpAt).toBeGreaterThan(0);
  });

  it('A64: a page without camera permission, whose candidates are mDNS names, connects over 127.0.0.1', async () => {
    const { offer, answer } = await page.attach(relay);
    expect(offer).toMatch(/a=candidate:.*\.local /);
    expect(offer).not.toMatch(/a=candidate:\S+ \d udp \d+ \d+\.\d+\.\d+\.\d+ /);
    await page.page.waitForFunction("linkspan.state.pc.connectionState === 'connected'");
    const stats = await page.call<{ 'remote-candidate': { address: string; port: number }[] }>('stats');
    expect(stats['remote-candidate'].map(({ address }) => address)).toEqual(['127.0.0.1']);
    expect(answer).toContain(`127.0.0.1 ${stats['remote-candidate'][0]?.port} typ host`);
  });

  it.each(['vp9', 'av1'])('switches runners at a key frame of %s as well', async (codec) => {
    await relay.dispose();
    relay = createRelay({ videoCodecs: [codec] });
    await page.attach(relay, { width: 320, height: 180, framesPerSecond: 15 });
    const first = await connect(relay, await startRunner());
    await first.heard.until('firstFrame');
    await page.call('moreFrames', 5);
    const second = await connect(relay, await startRunner());
    await second.heard.until('firstFrame');
    await page.call('moreFrames', 15);
    expect(await page.read('negotiations')).toBe(0);
  });

  it('keeps one picture and one peer connection over a switch made before the old leg is dropped', async () => {
    const first = await connect(relay, await startRunnerAfterAttach());
    await first.heard.until('firstFrame');
    await page.call('moreFrames', 30);
    const second = await connect(relay, await startRunner());
    await second.heard.until('firstFrame');
    expect(first.leg.state).toBe('closed');
    await page.call('moreFrames', 60);
    expect(await page.read('negotiations')).toBe(0);
    expect(await page.read('connectionStates')).toEqual(['connecting', 'connected']);
  });

  it('goes on with the same peer connection when the runner is killed and another one takes over', async () => {
    const runner = await startRunnerAfterAttach();
    const first = await connect(relay, runner);
    await first.heard.until('firstFrame');
    await page.call('moreFrames', 30);
    await runner.kill();
    await first.leg.close();
    const second = await connect(relay, await startRunner());
    await second.heard.until('firstFrame');
    await page.call('moreFrames', 60);
    expect(await page.read('negotiations')).toBe(0);
    expect(await page.read('connectionStates')).toEqual(['connecting', 'connected']);
  });

  it('shows the same picture when a standby that was fed is killed', async () => {
    await relay.dispose();
    let first: RunnerLeg | null = null;
    // A runner’s first key frame would make it more than a standby.
    const fromRunner = (leg: RunnerLeg) => ((first ??= leg) === leg ? 'pass' : 'drop');
    relay = createRelay({ tap: { fromRunner } });
    const active = await connect(relay, await startRunnerAfterAttach());
    await active.heard.until('firstFrame');
    await page.call('moreFrames', 30);
    const before = await page.call<PageStats>('stats');
    const runner = await startRunner();
    const standby = await connect(relay, runner);
    await standby.heard.until('connected');
    await page.call('moreFrames', 30);
    expect(standby.leg.counters.sent).toBeGreaterThan(0);
    await runner.kill();
    await page.call('moreFrames', 30);
    await standby.leg.close();
    await page.call('moreFrames', 30);
    const after = await page.call<PageStats>('stats');
    expect(active.leg.state).toBe('connected');
    expect(after['inbound-rtp'].packetsLost).toBe(before['inbound-rtp'].packetsLost);
    expect(after['inbound-rtp'].ssrc).toBe(before['inbound-rtp'].ssrc);
    expect(await page.read('negotiations')).toBe(0);
  });

  it('tells the link when the window ends its connection', async () => {
    await page.attach(relay);
    await page.page.waitForFunction("linkspan.state.pc.connectionState === 'connected'");
    const lost = new Promise<string>((resolve) => relay.onPageLost(resolve));
    await page.call('close');
    expect(await lost).toMatch(/far end closed/);
    expect(relay.pageAttached).toBe(false);
  });

  it('carries messages on the parameters channel both ways', async () => {
    const { leg, heard } = await connect(relay, await startRunnerAfterAttach());
    expect(leg.send('too early')).toBe(false);
    await heard.until('channelOpen');
    expect(leg.send('{"strength":0.5}')).toBe(true);
    await heard.until('message');
    expect(heard.texts('message')).toEqual(['echo {"strength":0.5}']);
    expect(leg.send('x'.repeat(1_000_000))).toBe(false);
    leg.send('close');
    await heard.until('channelClosed');
    expect(leg.send('too late')).toBe(false);
  });

  it('serves a runner that rejects the data channel', async () => {
    const runner = await startRunnerAfterAttach();
    const { leg, heard } = await connect(relay, runner, (offer) =>
      runner.exchange(offer, { withoutData: true }),
    );
    await heard.until('connected');
    await heard.until('firstFrame');
    await page.call('moreFrames', 10);
    expect(leg.send('{}')).toBe(false);
    expect(heard.has('channelOpen')).toBe(false);
  });

  it('A65: a page that comes back finds the live runner, which notices a request for a key frame only', async () => {
    const { leg, heard } = await connect(relay, await startRunnerAfterAttach());
    await heard.until('firstFrame');
    await page.call('moreFrames', 30);
    const { frames } = await page.page.evaluate<{ frames: number }>('linkspan.state');
    expect(frames).toBeGreaterThan(0);
    await page.page.close();
    page = await TestPage.open(browser);
    await page.attach(relay);
    await page.call('moreFrames', 30);
    expect(leg.state).toBe('connected');
    expect(heard.has('failed')).toBe(false);
  });

  async function startRunnerAfterAttach(): Promise<TestRunner> {
    await page.attach(relay);
    return startRunner();
  }
});
