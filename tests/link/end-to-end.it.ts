import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRelay } from '../../main/relay/relay.ts';
import type { MediaPort } from '../../main/link/media-port.ts';
import { launchBrowser, TestPage } from '../relay/rig.ts';
import { LinkUnderTest } from './link-under-test.ts';
import { untilOpenSockets } from './open-sockets.ts';
import { RunnerProcess } from './runner-process.ts';

let browser: Browser;
let window: TestPage;
let runner: RunnerProcess;
let link: LinkUnderTest<MediaPort>;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  [runner, window] = await Promise.all([RunnerProcess.start(), TestPage.open(browser)]);
  link = new LinkUnderTest(createRelay());
  const offer = await window.call<string>('offer', { width: 256, height: 256 });
  const attached = await link.host.attachPage(offer);
  if (!attached.ok) throw new Error(`the page could not be attached: ${attached.problem.kind}`);
  await window.call('answer', attached.value.sdp);
});

afterEach(async () => {
  await link.host.dispose();
  await window.page.close();
  await runner.end('SIGKILL');
});

/** Mean red, green and blue (0–255) of the picture that the page shows now. */
function colour(): Promise<[number, number, number]> {
  return window.page.evaluate<[number, number, number]>(`(() => {
    const canvas = new OffscreenCanvas(1, 1);
    const context = canvas.getContext('2d');
    context.drawImage(document.querySelector('video'), 0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  })()`);
}

/** Waits, frame by frame, until the picture is as asked. */
async function untilColour(fits: (rgb: [number, number, number]) => boolean): Promise<void> {
  while (!fits(await colour())) await window.call('moreFrames', 1);
}

const blue = { ink: [0, 0, 1], paper: [0, 0, 1] };
const red = { ink: [1, 0, 0], paper: [1, 0, 0] };
const isBlue = ([r, g, b]: number[]): boolean => b! > 150 && r! < 80 && g! < 80;
const isRed = ([r, g, b]: number[]): boolean => r! > 150 && g! < 80 && b! < 80;

describe('link, relay, runner and page', () => {
  it('connects, applies parameters live, survives the runner’s death, and leaves nothing behind', async () => {
    link.start(runner.url, { pipelineId: 'sketch', parameters: blue });
    await link.phase('live');
    await window.call('moreFrames', 5);
    await untilColour(isBlue);

    link.host.setParameters(red);
    await untilColour(isRed);

    const { port } = runner;
    await runner.end('SIGKILL');
    const { fault } = await link.phase('recovering');
    expect(fault).toEqual({ kind: 'closed', code: 1006, reason: '' });
    runner = await RunnerProcess.start(port);
    await link.phase('live');
    await window.call('moreFrames', 5);
    // The values as last set went along in the new offer.
    await untilColour(isRed);
    expect(await window.read('negotiations')).toBe(0);
    expect(await window.read('connectionStates')).toEqual(['connecting', 'connected']);

    await link.host.stop();
    await link.host.detachPage();
    await untilOpenSockets(0);
  });

  it('changes the pipeline live and measures the link', async () => {
    link.start(runner.url, { pipelineId: 'sketch', parameters: blue });
    await link.phase('live');
    await untilColour(isBlue);
    link.start(runner.url, { pipelineId: 'passthrough', parameters: {} });
    await link.phase('live', ({ loading }) => loading === null);
    await untilColour((rgb) => !isBlue(rgb));
    const stats = await link.until(() => {
      const now = link.host.status().stats;
      return Object.values(now).every((value) => value !== null) ? now : undefined;
    });
    expect(stats.runnerFpsOut).toBeGreaterThan(0);
    expect(stats.receivedKbps).toBeGreaterThan(0);
    expect(link.states.map(({ phase }) => phase)).not.toContain('recovering');
  });

  it('is live again after a runner that restarts in order, and says why it was gone', async () => {
    link.start(runner.url, { pipelineId: 'sketch', parameters: blue });
    await link.phase('live');
    const { port } = runner;
    await runner.end('SIGTERM');
    expect((await link.phase('recovering')).fault).toMatchObject({ kind: 'closed', code: 1012 });
    runner = await RunnerProcess.start(port);
    await link.phase('live');
    await window.call('moreFrames', 5);
  });
});
