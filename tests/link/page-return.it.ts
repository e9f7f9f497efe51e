import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, TestPage } from '../relay/rig.ts';
import { LiveLink } from './live-link.ts';
import { RunnerProcess } from './runner-process.ts';
import { WireTap } from './wire-tap.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** What the window does when it is loaded: its offer, then a start of what it shows. */
async function comeBack({ link }: LiveLink, url: string): Promise<TestPage> {
  const page = await TestPage.open(browser);
  const offer = await page.call<string>('offer', { width: 256, height: 256 });
  const attached = await link.host.attachPage(offer);
  if (!attached.ok) throw new Error(`the page could not be attached: ${attached.problem.kind}`);
  await page.call('answer', attached.value.sdp);
  link.start(url, { parameters: {} });
  await page.call('moreFrames', 5);
  return page;
}

/** A page that is left says so, and main has heard it. */
async function reload({ page, link }: LiveLink): Promise<void> {
  await page.page.goto('about:blank');
  await link.until(() => (link.told('timeline').at(-1)?.includes('window') ? true : undefined));
}

/** A page that crashes says nothing: main still believes in it when the next one comes. */
async function crash({ page: { page } }: LiveLink): Promise<void> {
  const crashed = new Promise((resolve) => page.once('crash', resolve));
  page.goto('chrome://crash').catch(() => undefined);
  await crashed;
}

describe('A65: a window that is loaded anew while the link is live', () => {
  it.each([
    ['a reload', reload],
    ['a crash', crash],
  ])('comes back after %s onto the live session; the runner is asked for nothing', async (_what, leave) => {
    const runner = await RunnerProcess.start();
    const tap = await WireTap.start(() => runner.url);
    const live = await LiveLink.open(browser);
    const said = (): number => tap.last.said.filter(({ type }) => type !== 'ping').length;
    try {
      await live.live(tap.url);
      const { states } = live.link;
      const [statesBefore, saidBefore] = [states.length, said()];
      await leave(live);
      const page = await comeBack(live, tap.url);
      expect(new Set(states.slice(statesBefore).map(({ phase }) => phase))).not.toContain('recovering');
      expect(live.link.host.status().state.phase).toBe('live');
      expect([tap.sockets.length, said(), live.legs.length]).toEqual([1, saidBefore, 1]);
      await page.page.close();
    } finally {
      await live.close();
      await tap.close();
      await runner.end('SIGKILL');
    }
  });
});
