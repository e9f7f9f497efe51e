import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { retryPolicy } from '../../shared/link/retry-policy.ts';
import { launchBrowser } from '../relay/rig.ts';
import { LiveLink } from './live-link.ts';
import { openSockets, untilOpenSockets } from './open-sockets.ts';
import { RunnerProcess } from './runner-process.ts';
import { WireTap } from './wire-tap.ts';

let browser: Browser;
let runner: RunnerProcess;
let tap: WireTap;
let live: LiveLink;
/** Those of the page and the tap: the ones that are there without a link. */
let socketsBefore: number;

/** Four attempts as by default, but without the pauses. */
const eager = { retry: retryPolicy([0, 0, 0, 0]) };
const refusal = { type: 'error', error: 'Offer failed: 503', detail: 'on purpose' };

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  // Enough for all sockets at once: the tap tells the runner of a goodbye after the app has gone on.
  runner = await RunnerProcess.start(0, ['--grace', '1', '--slots', '8']);
  tap = await WireTap.start(() => runner.url);
  live = await LiveLink.open(browser, { policy: eager });
  socketsBefore = openSockets();
});
afterEach(async () => {
  await live.close();
  await tap.close();
  await runner.end('SIGKILL');
});

/** What the runner counts, by name and label. */
async function counts(): Promise<Record<string, number>> {
  const headers = { connection: 'close' };
  const response = await fetch(`http://127.0.0.1:${runner.port}/metrics`, { headers });
  const lines = (await response.text()).split('\n').filter((line) => line.startsWith('linkspan_'));
  return Object.fromEntries(
    lines.map((line) => line.split(' ')).map(([name, value]) => [name, Number(value)]),
  );
}

async function nothingIsLeft(): Promise<void> {
  expect(live.legs.map(({ state }) => state)).toEqual(['closed']);
  await untilOpenSockets(socketsBefore);
  await expect.poll(counts, { timeout: 10_000 }).toMatchObject({
    linkspan_connections: 0,
    linkspan_slots_free: 8,
    'linkspan_sessions{signalling="attached"}': 0,
  });
}

describe('after all attempts have failed', () => {
  it('A22 A29: of media and of new sessions, no socket and no peer connection is left', async () => {
    await live.live(tap.url);
    tap.fromApp = ({ type }) => (type === 'offer' ? refusal : 'pass');
    live.freeze();
    const failed = await live.link.phase('failed');
    expect(failed).toMatchObject({
      attempts: 8,
      fault: { kind: 'offer-failed', detail: 'Offer failed: 503: on purpose' },
    });
    // The first socket, and one for each new session.
    expect(tap.sockets).toHaveLength(5);
    const offers = tap.sockets.map(({ said }) => said.filter(({ type }) => type === 'offer').length);
    expect(offers).toEqual([5, 1, 1, 1, 1]);
    await nothingIsLeft();
    tap.fromApp = () => 'pass';
    live.link.host.retryNow();
    await live.link.phase('live');
    await live.moves();
  });

  it('A22 A29: to dial, no socket and no peer connection is left either', async () => {
    await live.live(tap.url);
    tap.refuseWith = 503;
    tap.last.cut();
    expect(await live.link.phase('failed')).toMatchObject({
      attempts: 8,
      fault: { kind: 'unavailable', status: 503 },
    });
    expect(tap.sockets).toHaveLength(1);
    await nothingIsLeft();
  });
});
