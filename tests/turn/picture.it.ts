import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createRelay } from '../../main/relay/relay.ts';
import { launchBrowser, LegRecorder, TestPage, TestRunner } from '../relay/rig.ts';
import { onlyByTurn } from './only-by-turn.ts';
import { TurnRig } from './turn-rig.ts';

const turn = new TurnRig();
const relay = createRelay();
let browser: Browser;
let runner: TestRunner;

beforeAll(async () => {
  browser = await launchBrowser();
  runner = await TestRunner.start();
});
afterEach(async () => {
  await relay.dispose();
  await turn.close();
});
afterAll(async () => {
  await runner.kill();
  await browser.close();
});

it('A67: the picture and the data channel go through a TURN server to libwebrtc and back', async () => {
  const server = await turn.startServer();
  const page = await TestPage.open(browser);
  await page.attach(relay);
  const heard = new LegRecorder();
  const leg = await relay.connectRunner({
    iceServers: [server.iceServer],
    loopbackOnly: false,
    exchange: onlyByTurn(runner.exchange, server.behind),
    listener: heard,
  });
  await heard.until('channelOpen');
  leg.send('hello');
  await heard.until('message');
  expect(heard.texts('message')).toEqual(['echo hello']);
  await heard.until('firstFrame');
  await page.call('moreFrames', 30);
  expect(server.relayed.fromClient).toBeGreaterThan(leg.counters.sent);
  expect(server.relayed.toClient).toBeGreaterThan(leg.counters.received);
  expect(leg.frames.count).toBeGreaterThan(0);
  await leg.close();
  await server.until(() => server.allocations === 0);
});
