import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../runner/src/fixtures/manual-clock.ts';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import type { RunnerOptions } from '../../runner/src/config/runner-options.ts';
import { lingering } from './lingering.ts';
import { processOf, isAlive } from './session-process-of.ts';
import { SignallingClient } from './signalling-client.ts';

const resuming = (token: string): { headers: Record<string, string> } => ({
  headers: { 'linkspan-resume': token },
});

describe('A49: a runner that drains', () => {
  let runner: Runner;
  let clock: ManualClock;
  afterEach(() => runner.close());

  async function start(options: Partial<RunnerOptions> = {}): Promise<void> {
    clock = new ManualClock();
    runner = await startRunner(
      { port: 0, logLevel: 'silent', slots: 2, drainMs: 25_000, pingIntervalMs: 3_600_000, ...options },
      { clock },
    );
  }

  it('tells every client, takes nobody in, and is done when the last has left', async () => {
    await start({ drainEndpoint: 'wss://other.example.org/ws' });
    const first = await SignallingClient.connect(runner.url);
    const second = await SignallingClient.connect(runner.url);
    const pid = await processOf(second, runner);
    const drained = runner.drain();
    const goaway = { type: 'goaway', deadline_ms: 25_000, endpoint: 'wss://other.example.org/ws' };
    expect(await first.hear('goaway')).toEqual(goaway);
    expect(await second.hear('goaway')).toEqual(goaway);
    expect((await fetch(`${runner.httpUrl}/health/ready`)).status).toBe(503);
    expect((await fetch(`${runner.httpUrl}/health/live`)).status).toBe(200);
    await first.close();
    const late = await SignallingClient.dial(runner.url);
    expect(await late.hear('error')).toMatchObject({ code: 'NO_FREE_SLOT' });
    expect((await late.closed).code).toBe(1013);
    // Who is still here is served to the end.
    expect(await second.api('GET', '/api/v1/pipelines')).toMatchObject({ status: 200 });
    await second.close();
    await drained;
    expect(isAlive(pid)).toBe(false);
    await expect(fetch(`${runner.httpUrl}/health/live`)).rejects.toThrow();
  });

  it('closes those who stay with 1012 at the deadline', async () => {
    await start();
    const client = await SignallingClient.connect(runner.url);
    const drained = runner.drain();
    await client.hear('goaway');
    clock.pass(24_999);
    expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    clock.pass(1);
    expect((await client.closed).code).toBe(1012);
    await drained;
  });

  it('lets a client back to its session, and tells it how long', async () => {
    await start();
    const client = await SignallingClient.connect(runner.url, resuming('new'));
    const { resume_token: token } = await client.hear('ready');
    const drained = runner.drain();
    clock.pass(10_000);
    const again = await SignallingClient.dial(runner.url, resuming(token!));
    await again.hear('resumed');
    expect(await again.hear('goaway')).toMatchObject({ deadline_ms: 15_000 });
    await again.close();
    await drained;
  });

  it('waits for a client that has lost its socket, no longer than its grace', async () => {
    await start({ graceMs: 15_000 });
    const client = await SignallingClient.connect(runner.url, resuming('new'));
    await client.hear('ready');
    client.socket.terminate();
    await expect.poll(() => lingering(runner)).toBe(1);
    const drained = runner.drain();
    clock.pass(14_999);
    expect(runner.sessions).toBe(1);
    clock.pass(1);
    await drained;
  });

  it('is cut short by a close', async () => {
    await start();
    const client = await SignallingClient.connect(runner.url);
    const drained = runner.drain();
    await client.hear('goaway');
    await runner.close(1001);
    expect((await client.closed).code).toBe(1001);
    await drained;
  });
});

describe('A49: the command', () => {
  const command = fileURLToPath(new URL('../../runner/bin/linkspan-runner.mjs', import.meta.url));
  let child: ChildProcess;
  afterEach(() => void child.kill('SIGKILL'));

  async function serve(): Promise<SignallingClient> {
    child = spawn(process.execPath, [command, '--port', '0', '--json-ready', '--log-level', 'error'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
    return SignallingClient.connect((JSON.parse(line) as { url: string }).url);
  }

  it('ends on SIGTERM when the last client has left', async () => {
    const client = await serve();
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await client.hear('goaway')).toMatchObject({ deadline_ms: 25_000 });
    await client.close();
    expect(await exit).toEqual([0, null]);
  });

  it('ends at once on the second Ctrl+C, after saying so at the first', async () => {
    const client = await serve();
    const lines = createInterface(child.stderr!);
    const said = once(lines, 'line') as Promise<[string]>;
    const exit = once(child, 'exit');
    child.kill('SIGINT');
    await client.hear('goaway');
    const [advice] = await said;
    expect(advice).toContain('once more ends it now');
    // Signals that come together are one: a terminal or a service manager sends each process its own.
    const again = setInterval(() => child.kill('SIGINT'), 100);
    expect((await client.closed).code).toBe(1001);
    clearInterval(again);
    expect(await exit).toEqual([0, null]);
  });
});
