import { existsSync, readlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Remove } from '../../runner/src/session/session-folder.ts';
import { startRunner, type Runner, type RunnerParts } from '../../runner/src/start-runner.ts';
import { isAlive, processOf } from './session-process-of.ts';
import { SignallingClient } from './signalling-client.ts';

const sessionEntry = fileURLToPath(new URL('fixtures/stand-in-session.mjs', import.meta.url));

afterEach(() => vi.unstubAllEnvs());

async function start(teardownMs: string, parts: Partial<RunnerParts> = {}): Promise<Runner> {
  vi.stubEnv('LINKSPAN_TEST_TEARDOWN_MS', teardownMs);
  const runner = await startRunner({ port: 0, logLevel: 'silent' }, { sessionEntry, ...parts });
  onTestFinished(() => runner.close());
  return runner;
}

/** Process and folder of the client's session. */
async function traces(client: SignallingClient, runner: Runner): Promise<{ pid: number; folder: string }> {
  const pid = await processOf(client, runner);
  return { pid, folder: readlinkSync(`/proc/${pid}/cwd`) };
}

/**
 * One client after the other in a runner's only slot, each dialling as soon as the one before has left.
 *
 * @returns How many were told `ready` while anything of the session before was left.
 */
async function moveInAndOut(runner: Runner, cycles: number): Promise<number> {
  let early = 0;
  let client = await SignallingClient.connect(runner.url);
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is what this is about
    const { pid, folder } = await traces(client, runner);
    // oxlint-disable-next-line no-await-in-loop
    await client.close();
    // oxlint-disable-next-line no-await-in-loop
    const next = await SignallingClient.dial(runner.url);
    // oxlint-disable-next-line no-await-in-loop
    await next.hear('ready');
    if (isAlive(pid) || existsSync(folder)) early += 1;
    next.send({ type: 'set_user_id', user_id: 'test' });
    client = next;
  }
  await client.close();
  return early;
}

/** The same on several runners side by side. */
async function onRunners(count: number, teardownMs: string, cycles: number): Promise<number> {
  const runners = await Promise.all(Array.from({ length: count }, () => start(teardownMs)));
  const early = await Promise.all(runners.map((runner) => moveInAndOut(runner, cycles / count)));
  return early.reduce((sum, number) => sum + number, 0);
}

describe('A41: nobody is told `ready` before process and folder of the session before are gone', () => {
  it('20 times with an end that takes 2 s', async () => {
    expect(await onRunners(4, '1900', 20)).toBe(0);
  });

  it('1,000 times with an end that takes up to 50 ms', { timeout: 300_000 }, async () => {
    expect(await onRunners(4, '0-50', 1000)).toBe(0);
  });
});

describe('A41: a cleanup that never comes to its end does not keep the slot', () => {
  it('of a process that does not end', async () => {
    const runner = await start('0');
    const client = await SignallingClient.connect(runner.url);
    const { pid, folder } = await traces(client, runner);
    process.kill(pid, 'SIGSTOP');
    await client.close();
    const next = await SignallingClient.connect(runner.url);
    expect([isAlive(pid), existsSync(folder)]).toEqual([false, false]);
    await next.close();
  });

  it.each<[string, Remove]>([
    ['that throws', () => Promise.reject(new Error('EBUSY: resource busy'))],
    ['that hangs', () => Promise.withResolvers<void>().promise],
  ])('of a folder whose removal is one %s', async (_name, removeFolder) => {
    const runner = await start('0', { removeFolder });
    const client = await SignallingClient.connect(runner.url);
    const { pid } = await traces(client, runner);
    await client.close();
    const next = await SignallingClient.connect(runner.url);
    expect(isAlive(pid)).toBe(false);
    await next.close();
  });
});

it('A41: a client that does not wait for the gate does not open it for the next one', async () => {
  const runner = await start('1900');
  const client = await SignallingClient.connect(runner.url);
  const { pid, folder } = await traces(client, runner);
  await client.close();
  const impatient = await SignallingClient.dial(runner.url);
  await impatient.close();
  const next = await SignallingClient.dial(runner.url);
  await next.hear('ready');
  expect([isAlive(pid), existsSync(folder)]).toEqual([false, false]);
});

it('A41: requests that come before the gate opens are answered after it', async () => {
  const runner = await start('1000');
  const client = await SignallingClient.connect(runner.url);
  const { pid } = await traces(client, runner);
  await client.close();
  const next = await SignallingClient.dial(runner.url);
  next.send({ type: 'set_user_id', user_id: 'test' });
  const status = next.api('GET', '/api/v1/pipeline/status');
  // What needs no session needs not wait.
  expect(await next.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
  expect(next.heard.some(({ type }) => type === 'ready')).toBe(false);
  expect(await status).toMatchObject({ status: 200 });
  expect(isAlive(pid)).toBe(false);
});
