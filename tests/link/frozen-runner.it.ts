import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MediaThroughPaths } from '../faults/media-through-paths.ts';
import { launchBrowser } from '../relay/rig.ts';
import { childrenOf } from '../runner/session-process-of.ts';
import { LiveLink } from './live-link.ts';
import { RunnerProcess } from './runner-process.ts';
import type { Message } from './scripted-runner.ts';
import { WireTap } from './wire-tap.ts';

let browser: Browser;
let runner: RunnerProcess;
let tap: WireTap;
let live: LiveLink;
const through = new MediaThroughPaths();

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  runner = await RunnerProcess.start();
  tap = await WireTap.start(() => runner.url);
  live = await LiveLink.open(browser, {}, through.wrap);
  await live.live(tap.url);
});
afterEach(async () => {
  // A session's process that is stopped would not notice that its runner is gone.
  signal('SIGCONT');
  await live.close();
  await through.close();
  await tap.close();
  await runner.end('SIGKILL');
});

/** To the runner and the processes of its sessions, as when their machine stands still. */
function signal(name: 'SIGSTOP' | 'SIGCONT'): void {
  for (const pid of [runner.pid, ...childrenOf(runner.pid)]) process.kill(pid, name);
}

/** The link tells its figures once a second: so many seconds have passed. */
async function seconds(count: number): Promise<void> {
  const { events } = live.link;
  const enough = events.length + count;
  await live.link.until(() => (events.length >= enough ? true : undefined));
}

const said = (type: string, messages: readonly Message[]): Message[] =>
  messages.filter((message) => message.type === type);

describe('a runner that is frozen', () => {
  it('A15: for 2 s and thawed carries on in the same session, and one peer connection remains', async () => {
    const sessionId = said('answer', tap.last.heard)[0]!['sessionId'];
    signal('SIGSTOP');
    expect((await live.link.phase('degraded')).reason).toBe('stalled');
    await seconds(1);
    expect(live.link.host.status().state.phase).toBe('degraded');
    signal('SIGCONT');
    await live.link.phase('live');
    await live.moves(20);
    expect(live.link.host.status().state.phase).toBe('live');
    expect(tap.sockets).toHaveLength(1);
    // The old connection may deliver again before the runner can be asked for a second one.
    const [, ...further] = said('offer', tap.last.said);
    expect(further.length).toBeLessThanOrEqual(1);
    for (const offer of further) expect(offer).toMatchObject({ sessionId });
    const session = await live.link.host.api({ method: 'GET', path: '/api/v1/session' });
    expect(session).toMatchObject({ value: { data: { media_session_id: sessionId, media: 'connected' } } });
    // Each leg has a path of its own, so that a standby is seen also if it never delivered.
    expect(live.legs.filter(({ state }) => state === 'connected')).toHaveLength(1);
    // The runner may drop the old connection some milliseconds before the new one's first frame is here.
    const strategies = live.link.states.flatMap((state) => ('strategy' in state ? state.strategy : []));
    expect(strategies.filter((strategy) => strategy !== 'rebuild')).toEqual([]);
  });
});

describe('media that is dead while all states say it lives', () => {
  it('A16: a NAT that rebinds is noticed and mended in the same session', async () => {
    through.last.rebind();
    expect((await live.link.phase('degraded')).reason).toBe('stalled');
    expect(live.legs.map(({ state }) => state)).toEqual(['connected']);
    await live.link.phase('live');
    await live.moves(20);
    expect(tap.sockets).toHaveLength(1);
    expect(through.paths).toHaveLength(2);
    expect(live.legs.map(({ state }) => state)).toEqual(['closed', 'connected']);
    expect(await live.page.read('connectionStates')).toEqual(['connecting', 'connected']);
  });

  it.each(['client', 'server'] as const)(
    'A16: so is a path that is silent towards the %s',
    async (towards) => {
      through.last.silence({ towards });
      await live.link.phase('degraded');
      await live.link.phase('live');
      await live.moves(20);
      expect(tap.sockets).toHaveLength(1);
      expect(through.paths).toHaveLength(2);
    },
  );
});
