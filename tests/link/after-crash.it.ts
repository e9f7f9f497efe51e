import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ResumeTicket } from '../../main/link/host.ts';
import { launchBrowser } from '../relay/rig.ts';
import { LiveLink } from './live-link.ts';
import { RunnerProcess } from './runner-process.ts';
import type { Message } from './scripted-runner.ts';
import { WireTap } from './wire-tap.ts';

let browser: Browser;
let runner: RunnerProcess;
let tap: WireTap;
const lives: LiveLink[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  // One slot: whoever does not take the session over finds the runner full.
  runner = await RunnerProcess.start(0, ['--slots', '1']);
  tap = await WireTap.start(() => runner.url);
});
afterEach(async () => {
  await Promise.all(lives.splice(0).map((live) => live.close()));
  await tap.close();
  await runner.end('SIGKILL');
});

const said = (type: string, messages: readonly Message[]): Message[] =>
  messages.filter((message) => message.type === type);

const isFree = async (): Promise<boolean> =>
  (await fetch(`http://127.0.0.1:${runner.port}/health/ready`, { headers: { connection: 'close' } })).ok;

async function open(): Promise<LiveLink> {
  const live = await LiveLink.open(browser);
  lives.push(live);
  return live;
}

/** An app that was live and is gone without a word, its page and sockets with it; and the ticket it had kept. */
async function crashed(): Promise<{ ticket: ResumeTicket; sessionId: unknown }> {
  const live = await open();
  await live.live(tap.url);
  const [answer] = said('answer', tap.last.heard);
  const ticket = live.link.events.flatMap((event) => (event.type === 'resumable' ? event.ticket : [])).at(-1);
  // Whatever it tries from now on would not be tried by an app that is gone.
  tap.refuseWith = 503;
  tap.last.cut();
  await live.link.phase('recovering');
  lives.splice(lives.indexOf(live), 1);
  await live.close();
  tap.refuseWith = null;
  return { ticket: ticket!, sessionId: answer!['sessionId'] };
}

describe('an app that is back after a crash', () => {
  it('takes its own slot over on a runner that has no other, and makes media in the same session', async () => {
    const { ticket, sessionId } = await crashed();
    const live = await open();
    await live.live(tap.url, { resume: ticket, parameters: { strength: 0.4 } });
    const { headers, heard, said: saidLast } = tap.last;
    expect(headers['linkspan-resume']).toBe(ticket.token);
    expect(said('resumed', heard)[0]).toMatchObject({ session_id: sessionId });
    expect(said('offer', saidLast)).toMatchObject([{ sessionId, initialParameters: { strength: 0.4 } }]);
    expect(said('answer', heard)).toMatchObject([{ sessionId }]);
    await live.moves(10);
  });

  it('without its ticket finds the runner full', async () => {
    await crashed();
    const live = await open();
    live.link.start(tap.url);
    expect((await live.link.phase('failed')).fault).toEqual({ kind: 'no-free-slot' });
  });

  it('with a ticket that was used already goes on as new', async () => {
    const { ticket } = await crashed();
    const second = await open();
    await second.live(tap.url, { resume: ticket });
    await second.link.host.stop();
    // The tap tells the runner of the goodbye after the app has gone on.
    await expect.poll(isFree, { timeout: 10_000 }).toBe(true);
    const third = await open();
    await third.live(tap.url, { resume: ticket });
    const { headers, heard, said: saidLast } = tap.last;
    expect(headers['linkspan-resume']).toBe(ticket.token);
    expect(said('resume_failed', heard)).toHaveLength(1);
    expect(said('offer', saidLast)[0]).not.toHaveProperty('sessionId');
  });
});
