import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../runner/src/fixtures/manual-clock.ts';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import type { RunnerOptions } from '../../runner/src/config/runner-options.ts';
import { goLive } from './go-live.ts';
import { lingering } from './lingering.ts';
import { isAlive, processOf } from './session-process-of.ts';
import { SignallingClient } from './signalling-client.ts';

let runner: Runner;
let clock: ManualClock;
afterEach(() => runner.close());

async function start(options: Partial<RunnerOptions> = {}): Promise<void> {
  clock = new ManualClock();
  runner = await startRunner({ port: 0, logLevel: 'silent', ...options }, { clock });
}

const announce = (token: string): { headers: Record<string, string> } => ({
  headers: { 'linkspan-resume': token },
});

/** A client that can come back, ready and named. */
async function arrive(): Promise<{ client: SignallingClient; token: string }> {
  const client = await SignallingClient.connect(runner.url, announce('new'));
  const { resume_token: token } = await client.hear('ready');
  if (token === undefined) throw new Error('no resume token');
  return { client, token };
}

/** Comes with a token; the client has shown that what it was sent has arrived. */
async function comeBack(token: string): Promise<SignallingClient> {
  const client = await SignallingClient.dial(runner.url, announce(token));
  await client.hear('ready');
  await client.ask({ type: 'ping' });
  return client;
}

/** Breaks the connection as a failing network would; resolves when the runner has noticed. */
async function lose(client: SignallingClient): Promise<void> {
  client.socket.terminate();
  await expect.poll(() => lingering(runner)).toBe(1);
}

async function ownSession(client: SignallingClient): Promise<string> {
  const reply = await client.api('GET', '/api/v1/session');
  return reply.type === 'api_response' ? (reply.data as { id: string }).id : '';
}

describe('a client that has announced that it can come back', () => {
  it('A39: keeps media, pipeline and process through the loss of its socket, and takes them up again', async () => {
    await start();
    const { client, token } = await arrive();
    await client.api('POST', '/api/v1/pipeline/load', { pipeline_id: 'sketch' });
    const video = await goLive(client);
    const [pid] = runner.sessionPids;
    const session = await ownSession(client);
    await lose(client);
    // Frames that are made now come back now: media has not noticed.
    const before = video.frames;
    await expect.poll(() => video.frames, { timeout: 20_000 }).toBeGreaterThan(before + 10);
    const again = await comeBack(token);
    const kinds = again.heard.map(({ type }) => type);
    expect(kinds.indexOf('resumed')).toBeGreaterThanOrEqual(0);
    expect(kinds.indexOf('resumed')).toBeLessThan(kinds.indexOf('ready'));
    expect(await again.hear('resumed')).toEqual({
      type: 'resumed',
      session_id: video.sessionId,
      media: true,
    });
    // Nobody has to say again who they are.
    expect(await again.api('GET', '/api/v1/pipeline/status')).toMatchObject({
      data: { status: 'loaded', pipeline_id: 'sketch' },
    });
    expect(await ownSession(again)).toBe(session);
    expect(runner.sessionPids).toEqual([pid]);
    expect(video.channel.readyState).toBe('open');
    await again.close();
  });

  it('A44: takes its slot over from a socket that the runner still believes in', async () => {
    await start();
    const { client, token } = await arrive();
    const session = await ownSession(client);
    const again = await comeBack(token);
    expect(await ownSession(again)).toBe(session);
    expect(await client.closed).toEqual({ code: 4001, reason: 'taken over' });
    // The end of the socket before does not touch the session any more.
    expect(await again.api('GET', '/api/v1/pipelines')).toMatchObject({ status: 200 });
  });

  it('gets a new token each time, and each works once', async () => {
    await start({ slots: 2 });
    const { client, token } = await arrive();
    const session = await ownSession(client);
    const second = await comeBack(token);
    const { resume_token: next } = await second.hear('ready');
    expect(next).not.toBe(token);
    const thief = await comeBack(token);
    expect(await thief.hear('resume_failed')).toMatchObject({ reason: 'used' });
    await thief.close();
    const third = await comeBack(next!);
    expect(await ownSession(third)).toBe(session);
  });

  it('may come with the same token again when the answer to the first time was lost', async () => {
    await start();
    const { client, token } = await arrive();
    const session = await ownSession(client);
    // It hears nothing, and so answers no ping.
    const deaf = await SignallingClient.dial(runner.url, { ...announce(token), autoPong: false });
    await client.closed;
    deaf.socket.terminate();
    const again = await comeBack(token);
    expect(await ownSession(again)).toBe(session);
  });

  it('A39: loses its session when the grace is over, and is told so', async () => {
    await start({ graceMs: 15_000 });
    const { client, token } = await arrive();
    const pid = await processOf(client, runner);
    await lose(client);
    clock.pass(14_999);
    expect(runner.sessions).toBe(1);
    clock.pass(1);
    expect(runner.sessions).toBe(0);
    await expect.poll(() => isAlive(pid)).toBe(false);
    const again = await comeBack(token);
    expect(await again.hear('resume_failed')).toMatchObject({ reason: 'expired' });
    expect((await again.hear('ready')).resume_token).toBeDefined();
  });

  it('A39: has no grace when the runner gives none', async () => {
    await start({ graceMs: 0 });
    const { client } = await arrive();
    client.socket.terminate();
    await expect.poll(() => runner.sessions).toBe(0);
  });

  it('A39: ends its session at once when it says goodbye', async () => {
    await start();
    const { client, token } = await arrive();
    const pid = await processOf(client, runner);
    await client.close();
    const next = await comeBack(token);
    // A newcomer in the only slot: the session before is gone for good.
    expect(isAlive(pid)).toBe(false);
    expect(await next.hear('resume_failed')).toMatchObject({ reason: 'expired' });
  });

  it('is served anew when its token is nobody’s', async () => {
    await start();
    for (const token of ['AAAAAAAAAAAAAAAAAAAAAA', 'x', '../../etc/passwd', 'ü'.normalize('NFD')]) {
      // oxlint-disable-next-line no-await-in-loop -- one client after the other in the only slot
      const client = await comeBack(token.replaceAll(/[^ -~]/g, '?'));
      // oxlint-disable-next-line no-await-in-loop
      expect(await client.hear('resume_failed')).toMatchObject({ reason: 'unknown' });
      // oxlint-disable-next-line no-await-in-loop
      await client.close();
    }
  });

  it('is told why it cannot come back before it is told that the runner is full', async () => {
    await start();
    const { client } = await arrive();
    const other = await SignallingClient.dial(runner.url, announce('AAAAAAAAAAAAAAAAAAAAAA'));
    expect((await other.closed).code).toBe(1013);
    expect(other.heard).toMatchObject([{ type: 'resume_failed' }, { type: 'error', code: 'NO_FREE_SLOT' }]);
    await client.close();
  });

  it('is told the runner’s own address where there is one, and may come back there or at any other', async () => {
    await start({ publicUrl: 'wss://runners.example.org', id: 'gpu-1' });
    const { client, token } = await arrive();
    const ready = await client.hear('ready');
    expect(ready).toMatchObject({ grace_ms: 15_000, resume_url: 'wss://runners.example.org/r/gpu-1/ws' });
    const url = runner.url.replace('/ws', '/r/gpu-1/ws');
    const again = await SignallingClient.dial(url, announce(token));
    const { resume_token: next } = await again.hear('ready');
    await again.hear('resumed');
    // A balancer may have sent it here because the runner it means is gone.
    const astray = await SignallingClient.dial(url.replace('gpu-1', 'gpu-2'), announce(next!));
    await astray.hear('resumed');
  });
});

it('A39: a client that has not announced it gets no token, and no grace', async () => {
  await start();
  const client = await SignallingClient.connect(runner.url);
  const ready = await client.hear('ready');
  expect(ready).not.toHaveProperty('resume_token');
  expect(ready).not.toHaveProperty('grace_ms');
  client.socket.terminate();
  await expect.poll(() => runner.sessions).toBe(0);
});

describe('A39: the maximum duration', () => {
  const minutes = 60_000;
  /** Time passes in leaps here, which no client could answer a ping in. */
  const pingIntervalMs = 60 * minutes;

  it('is announced a minute before, and ends the session with a final word', async () => {
    await start({ pingIntervalMs, maxDurationMs: 10 * minutes });
    const { client } = await arrive();
    const pid = await processOf(client, runner);
    clock.pass(9 * minutes - 1);
    expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    expect(client.heard.some(({ type }) => type === 'notice')).toBe(false);
    clock.pass(1);
    expect(await client.hear('notice')).toMatchObject({ code: 'MAX_DURATION_SOON', in_ms: minutes });
    clock.pass(minutes);
    expect(await client.hear('error')).toMatchObject({ code: 'MAX_DURATION_EXCEEDED' });
    await client.closed;
    expect(runner.sessions).toBe(0);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it('goes on across a resume, and holds for a session that nobody has', async () => {
    await start({ pingIntervalMs, maxDurationMs: 10 * minutes, graceMs: 5 * minutes });
    const { client, token } = await arrive();
    clock.pass(9.5 * minutes);
    const again = await comeBack(token);
    expect(await again.hear('notice')).toMatchObject({ in_ms: 0.5 * minutes });
    await lose(again);
    clock.pass(0.5 * minutes);
    expect(runner.sessions).toBe(0);
    await client.closed;
  });
});

it('A42: what one session leaves behind goes with it, and the other’s stays', async () => {
  await start({ slots: 2 });
  const [first, second] = [
    await SignallingClient.connect(runner.url),
    await SignallingClient.connect(runner.url),
  ];
  const videos = [await goLive(first), await goLive(second)];
  const pids = runner.sessionPids;
  const folders = pids.map((pid) => `/proc/${pid}/cwd`);
  for (const client of [first, second]) {
    // oxlint-disable-next-line no-await-in-loop -- in the order of the folders
    expect(await client.api('POST', '/api/v1/session/snapshots')).toMatchObject({ status: 201 });
  }
  expect(folders.map((folder) => readdirSync(folder).length)).toEqual([1, 1]);
  await first.close();
  await videos[0]!.channelClosed;
  await expect.poll(() => isAlive(pids[0]!)).toBe(false);
  expect(readdirSync(folders[1]!)).toHaveLength(1);
  const kept = await second.api('GET', '/api/v1/session/snapshots');
  expect(kept).toMatchObject({ status: 200, data: { snapshots: [{ width: 320, height: 240 }] } });
});
