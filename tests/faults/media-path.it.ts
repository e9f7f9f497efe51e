import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MediaPort, RunnerLeg } from '../../main/link/media-port.ts';
import { createRelay } from '../../main/relay/relay.ts';
import type { Towards } from '../../scripts/drive/fault-proxy/faults.ts';
import { RunnerProcess } from '../link/runner-process.ts';
import { connect, launchBrowser, type LegRecorder, TestPage } from '../relay/rig.ts';
import { MediaThroughPaths } from './media-through-paths.ts';

let browser: Browser;
let runner: RunnerProcess;
let page: TestPage;
let relay: MediaPort;
let leg: RunnerLeg;
let heard: LegRecorder;
const through = new MediaThroughPaths();
const waiting = new Set<() => void>();

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  [runner, page] = await Promise.all([RunnerProcess.start(), TestPage.open(browser)]);
  through.next = {
    passed: () => {
      const woken = [...waiting];
      waiting.clear();
      for (const wake of woken) wake();
    },
  };
  relay = through.wrap(createRelay());
  await page.attach(relay, { width: 256, height: 256 });
  ({ leg, heard } = await connect(relay, { exchange: offerByHttp }));
  await heard.until('firstFrame');
  await page.call('moreFrames', 5);
});

afterEach(async () => {
  await relay.dispose();
  await through.close();
  await page.page.close();
  await runner.end('SIGKILL');
});

async function offerByHttp(sdp: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${runner.port}/api/v1/webrtc/offer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sdp, type: 'offer' }),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { sdp: string }).sdp;
}

/** Waits until so many more datagrams have gone that way. */
async function carried(towards: Towards, count: number): Promise<void> {
  const enough = through.last.carried[towards] + count;
  while (through.last.carried[towards] < enough) {
    // oxlint-disable-next-line no-await-in-loop -- one datagram after the other
    await new Promise<void>((resolve) => {
      waiting.add(resolve);
    });
  }
}

/** Frames that arrived at the relay while the page sent a second's worth of packets. */
async function framesMeanwhile(): Promise<number> {
  // What had passed before is still on its way through the relay.
  await carried('server', 20);
  const before = leg.frames.count;
  await carried('server', 60);
  return leg.frames.count - before;
}

describe('media of a real runner through a path', () => {
  it('knows no other way, and none of it is sent past the path', async () => {
    await Promise.all([carried('server', 50), carried('client', 50)]);
    const { received, sent } = leg.counters;
    expect(through.last.carried.client).toBeGreaterThan(received);
    expect(through.last.carried.server).toBeGreaterThan(sent);
    await page.call('moreFrames', 10);
  });

  it('stops when the path is silent, while the leg stays connected, and goes on when that ends', async () => {
    through.last.silence({ towards: 'client' });
    expect(await framesMeanwhile()).toBe(0);
    expect(leg.state).toBe('connected');
    through.last.heal();
    await page.call('moreFrames', 10);
  });

  it('stops after the NAT has rebound, while the leg stays connected', async () => {
    through.last.rebind();
    expect(await framesMeanwhile()).toBe(0);
    expect(leg.state).toBe('connected');
    expect(heard.has('failed')).toBe(false);
    // The runner still sends, to where nobody is any more; libwebrtc holds back when nothing comes of it.
    expect(through.last.lost.client).toBeGreaterThan(0);
  });

  it('takes a datagram lost here and there', async () => {
    through.last.change({ loss: 0.05 });
    await page.call('moreFrames', 30);
    expect(through.last.lost.client).toBeGreaterThan(0);
  });
});
