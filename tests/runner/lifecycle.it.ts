import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import { runnerVersion } from '../../runner/src/version.ts';
import { SignallingClient } from './signalling-client.ts';
import { goLive } from './go-live.ts';
import { childrenOf, isAlive, processOf } from './session-process-of.ts';

describe('a session ends with its signalling', () => {
  let runner: Runner;
  afterEach(() => runner.close());

  async function begin(pingIntervalMs = 5000): Promise<{ client: SignallingClient; pid: number }> {
    runner = await startRunner({ port: 0, logLevel: 'silent', pingIntervalMs });
    const client = await SignallingClient.connect(runner.url);
    return { client, pid: await processOf(client, runner) };
  }

  it.each(['an orderly close', 'a cut socket'])('A39: %s stops media and ends the process', async (how) => {
    const { client, pid } = await begin();
    const video = await goLive(client);
    if (how === 'a cut socket') client.socket.terminate();
    else client.socket.close();
    await video.channelClosed;
    // A newcomer is ready only when the session before has gone for good.
    const next = await SignallingClient.connect(runner.url);
    expect(isAlive(pid)).toBe(false);
    expect(runner.sessionPids).not.toContain(pid);
    await next.close();
  });

  it('A41: a newcomer is not ready before the session ahead has gone, be it by force', async () => {
    const { client, pid } = await begin();
    // It cannot end by itself now.
    process.kill(pid, 'SIGSTOP');
    await client.close();
    const next = await SignallingClient.connect(runner.url);
    expect(isAlive(pid)).toBe(false);
    await next.close();
  });

  it('A7: a client that answers no ping is let go, and its media stops', async () => {
    const { client } = await begin(100);
    const video = await goLive(client);
    // Neither pongs nor anything else: the TCP connection stays open.
    client.socket.pause();
    await video.channelClosed;
  });

  it('survives a session whose process is killed, tells the client, and serves the next', async () => {
    const { client, pid } = await begin();
    process.kill(pid, 'SIGKILL');
    expect(await client.hear('error')).toMatchObject({
      error: expect.stringContaining('SIGKILL') as unknown,
    });
    expect((await client.closed).code).toBe(1011);
    const next = await SignallingClient.connect(runner.url);
    expect(await next.api('GET', '/api/v1/pipeline/status')).toMatchObject({ status: 200 });
    await next.close();
  });

  it('drops sockets on demand', async () => {
    const { client } = await begin();
    runner.dropSockets();
    expect((await client.closed).code).toBe(1006);
  });
});

describe('the command', () => {
  const command = fileURLToPath(new URL('../../runner/bin/linkspan-runner.mjs', import.meta.url));
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  function run(...args: string[]): ChildProcess {
    const child = spawn(process.execPath, [command, '--log-level', 'info', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    return child;
  }

  async function outcome(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.stdout?.resume();
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stderr };
  }

  /** A running runner with one client. */
  async function serve(...args: string[]): Promise<{ child: ChildProcess; client: SignallingClient }> {
    const child = run('--port', '0', '--json-ready', ...args);
    child.stderr?.resume();
    const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
    const { url } = JSON.parse(line) as { url: string };
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/ws$/);
    const client = await SignallingClient.connect(url);
    return { child, client };
  }

  it.each([
    ['SIGTERM', 1012],
    ['SIGINT', 1001],
  ] as const)('ends in order on %s', async (signal, closeCode) => {
    const { child, client } = await serve('--drain-timeout', '0');
    await client.api('POST', '/api/v1/pipeline/load', { pipeline_id: 'sketch' });
    const children = childrenOf(child.pid!);
    expect(children.length).toBeGreaterThan(0);
    const exit = once(child, 'exit');
    child.kill(signal);
    expect((await client.closed).code).toBe(closeCode);
    expect(await exit).toEqual([0, null]);
    expect(children.filter(isAlive)).toEqual([]);
  });

  it('leaves no session behind when it is killed', async () => {
    const { child, client } = await serve();
    await client.api('POST', '/api/v1/pipeline/load', { pipeline_id: 'sketch' });
    // Media and inference keep a process alive unless something ends it.
    await goLive(client);
    const children = childrenOf(child.pid!);
    child.kill('SIGKILL');
    expect((await client.closed).code).toBe(1006);
    await expect.poll(() => children.filter(isAlive), { timeout: 20_000 }).toEqual([]);
  });

  it('S12: refuses to serve a network without a token, and says what to do', async () => {
    const { code, stderr } = await outcome(run('--host', '0.0.0.0', '--port', '0'));
    expect(code).toBe(2);
    expect(stderr).toContain('--token-file');
  });

  it('starts under whatever Node comes first on the path', async () => {
    const places = (process.env.PATH ?? '').split(path.delimiter);
    const PATH = places.filter((place) => !place.includes('node_modules')).join(path.delimiter);
    const child = spawn('node', [command, '--version'], { env: { ...process.env, PATH } });
    const [version] = (await once(createInterface(child.stdout), 'line')) as [string];
    expect(version).toBe(runnerVersion);
  });

  it('says so when the port is taken', async () => {
    const other = await startRunner({ port: 0, logLevel: 'silent' });
    const { code, stderr } = await outcome(run('--port', String(other.port)));
    await other.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${other.port} is in use`);
  });
});
