import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import { goLive } from './go-live.ts';
import { childrenOf, isAlive, processOf } from './session-process-of.ts';
import { SignallingClient } from './signalling-client.ts';
import { VideoClient } from './video-client.ts';

let workDir: string;
let runner: Runner | null = null;

beforeEach(() => {
  workDir = mkdtempSync(path.join(tmpdir(), 'linkspan-crash-'));
});

afterEach(async () => {
  await runner?.close();
  runner = null;
  expect(readdirSync(workDir)).toEqual([]);
  rmSync(workDir, { recursive: true });
});

async function start(slots: number): Promise<Runner> {
  runner = await startRunner({ port: 0, logLevel: 'silent', slots, workDir });
  return runner;
}

/** A client with media, and where its session lives. */
async function stream(url: string): Promise<{
  client: SignallingClient;
  video: VideoClient;
  token: string;
  pid: number;
  folder: string;
}> {
  const client = await SignallingClient.connect(url, { headers: { 'linkspan-resume': 'new' } });
  const { resume_token: token = '' } = await client.hear('ready');
  const pid = await processOf(client, runner!);
  const video = await goLive(client);
  return { client, video, token, pid, folder: readlinkSync(`/proc/${pid}/cwd`) };
}

/** So many frames come from now on. */
async function moreFrames(video: VideoClient, count: number): Promise<void> {
  const until = video.frames + count;
  await expect.poll(() => video.frames, { timeout: 30_000 }).toBeGreaterThan(until);
}

describe('a session whose process is killed mid-stream', () => {
  it('is told, leaves nothing, and the other one’s media goes on', async () => {
    const { url } = await start(2);
    const [lost, other] = [await stream(url), await stream(url)];
    expect(lost.pid).not.toBe(other.pid);
    await Promise.all([moreFrames(lost.video, 30), moreFrames(other.video, 30)]);

    process.kill(lost.pid, 'SIGKILL');
    const told = await lost.client.hear('error');
    expect(told.error).toContain('ended unexpectedly');
    expect(told.code).toBeUndefined();
    expect(await lost.client.closed).toEqual({ code: 1011, reason: 'session process ended' });
    await moreFrames(other.video, 60);
    expect(other.video.channel.readyState).toBe('open');
    expect(await other.client.api('GET', '/api/v1/session')).toMatchObject({ data: { media: 'connected' } });

    // Its own session cannot be come back to; its slot serves whoever comes, and is as good as new.
    const next = await SignallingClient.dial(url, { headers: { 'linkspan-resume': lost.token } });
    expect(await next.hear('resume_failed')).toMatchObject({ reason: 'expired' });
    await next.hear('ready');
    expect(existsSync(lost.folder)).toBe(false);
    expect(existsSync(other.folder)).toBe(true);
    next.send({ type: 'set_user_id', user_id: 'next' });
    await moreFrames(await goLive(next), 10);
    await moreFrames(other.video, 10);
    await next.close();
    await other.client.close();
  });

  it('time after time costs no slot', async () => {
    const { url } = await start(1);
    for (let time = 0; time < 8; time += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one crash after the other
      const client = await SignallingClient.connect(url);
      // oxlint-disable-next-line no-await-in-loop
      process.kill(await processOf(client, runner!), 'SIGKILL');
      // oxlint-disable-next-line no-await-in-loop
      expect((await client.closed).code).toBe(1011);
    }
    const client = await SignallingClient.connect(url);
    await moreFrames(await goLive(client), 10);
    await client.close();
  });

  it('is no matter while it waits in reserve', async () => {
    const { url } = await start(1);
    const [spare] = childrenOf(process.pid).filter((pid) => folderOf(pid).startsWith(workDir));
    process.kill(spare!, 'SIGKILL');
    await expect.poll(() => isAlive(spare!)).toBe(false);
    const client = await SignallingClient.connect(url);
    await moreFrames(await goLive(client), 10);
    await client.close();
  });
});

function folderOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

it('S13: an offer with a video section that it gives up is answered, and its session lives', async () => {
  const { url } = await start(1);
  const client = await SignallingClient.connect(url);
  const video = new VideoClient();
  onTestFinished(() => video.close());
  const sdp = await video.offer();
  const pid = await processOf(client, runner!);
  // What a client's offer looks like once it has stopped a second source (RFC 8829, 5.2.2).
  const transport = sdp.match(/^a=(?:ice-(?:ufrag|pwd)|fingerprint|setup):.*\r\n/gm)!.slice(0, 4);
  const givenUp = `m=video 0 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\n${transport.join('')}a=mid:9\r\n`;
  const answer = await client.ask({ type: 'offer', sdp: sdp + givenUp });
  expect(answer.type).toBe('answer');
  expect(await client.api('GET', '/api/v1/pipeline/status')).toMatchObject({ status: 200 });
  expect(runner!.sessionPids).toEqual([pid]);
  await client.close();
});

describe('a work folder that somebody clears', () => {
  it('is made again for the next session, and the runner goes on', async () => {
    const { url } = await start(1);
    const first = await stream(url);
    // What waits in reserve has its folder here too.
    for (const name of readdirSync(workDir)) rmSync(path.join(workDir, name), { recursive: true });
    await first.client.close();
    const second = await stream(url);
    await moreFrames(second.video, 10);
    expect(await second.client.api('POST', '/api/v1/session/snapshots')).toMatchObject({ status: 201 });
    await second.client.close();
  });

  it('and that cannot be made again fails sessions clearly, not the runner', async () => {
    const { url, httpUrl } = await start(1);
    const first = await stream(url);
    rmSync(workDir, { recursive: true });
    writeFileSync(workDir, '');
    await first.client.close();
    const second = await SignallingClient.connect(url);
    const reply = await second.api('POST', '/api/v1/pipeline/load', { pipeline_id: 'sketch' });
    expect(reply).toMatchObject({ status: 500, error: 'no process could be started for the session' });
    expect(await second.ask({ type: 'offer', sdp: 'v=0' })).toMatchObject({ type: 'error' });
    expect(await second.ask({ type: 'icecandidate', candidate: null })).toBeDefined();
    rmSync(workDir);
    expect(await second.api('POST', '/api/v1/pipeline/load', { pipeline_id: 'sketch' })).toMatchObject({
      status: 200,
    });
    expect((await fetch(`${httpUrl}/health`)).status).toBe(200);
    await second.close();
  });
});

describe('a runner that is killed', () => {
  const command = fileURLToPath(new URL('../../runner/bin/linkspan-runner.mjs', import.meta.url));

  async function run(): Promise<{ child: ChildProcess; url: string }> {
    const options = ['--port', '0', '--json-ready', '--log-level', 'silent', '--work-dir', workDir];
    const child = spawn(process.execPath, [command, ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { child, url: (JSON.parse(line) as { url: string }).url };
  }

  it('leaves a folder, which the next start removes, and no other', async () => {
    const { child, url } = await run();
    const { url: otherUrl } = await start(1);
    const other = await stream(otherUrl);
    const client = await SignallingClient.connect(url);
    await goLive(client);
    const processes = childrenOf(child.pid!);
    const left = readdirSync(workDir).filter((name) => name.includes(`-${child.pid}-`));
    expect(left).toHaveLength(1);
    child.kill('SIGKILL');
    expect((await client.closed).code).toBe(1006);
    await expect.poll(() => processes.filter(isAlive), { timeout: 20_000 }).toEqual([]);
    expect(readdirSync(workDir)).toEqual(expect.arrayContaining(left));

    const again = await run();
    const folders = readdirSync(workDir);
    expect(folders).toHaveLength(2);
    expect(folders).not.toEqual(expect.arrayContaining(left));
    expect(existsSync(other.folder)).toBe(true);
    await moreFrames(other.video, 10);
    await other.client.close();
    const exit = once(again.child, 'exit');
    again.child.kill('SIGTERM');
    await exit;
  });
});
