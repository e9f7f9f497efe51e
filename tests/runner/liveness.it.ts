import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../runner/src/fixtures/manual-clock.ts';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import { startFaultProxy, type FaultProxy } from '../../scripts/drive/fault-proxy/fault-proxy.ts';
import { SignallingClient } from './signalling-client.ts';

const interval = 5000;
let runner: Runner;
let clock: ManualClock;
let proxy: FaultProxy | null = null;

afterEach(async () => {
  await proxy?.close();
  proxy = null;
  await runner.close();
});

async function start(): Promise<void> {
  clock = new ManualClock();
  runner = await startRunner({ port: 0, logLevel: 'silent' }, { clock });
}

/** What is due after a turn of the clock is done once the event loop has read its sockets. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one turn after the other
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('A7: a silent client', () => {
  it('is let go after three intervals, and its slot with it', async () => {
    await start();
    const client = await SignallingClient.connect(runner.url);
    // It takes and answers nothing; its TCP connection stays open, and pings can be written to it.
    client.socket.pause();
    for (let silent = 0; silent < 3; silent += 1) {
      clock.pass(interval);
      // oxlint-disable-next-line no-await-in-loop -- one interval after the other
      await settle();
      // What it had sent before counts for the first.
      expect(runner.sessions).toBe(1);
    }
    clock.pass(interval);
    await expect.poll(() => runner.sessions).toBe(0);
  });

  it('is let go behind a proxy that swallows everything', async () => {
    await start();
    proxy = await startFaultProxy(runner.port);
    const client = await SignallingClient.connect(runner.url.replace(`${runner.port}`, `${proxy.port}`));
    proxy.silence();
    for (let silent = 0; silent < 4; silent += 1) {
      clock.pass(interval);
      // oxlint-disable-next-line no-await-in-loop -- one interval after the other
      await settle();
    }
    await expect.poll(() => runner.sessions).toBe(0);
    client.socket.terminate();
  });
});

it('A8: a client whose pongs never come is kept as long as it sends anything', async () => {
  await start();
  const client = await SignallingClient.connect(runner.url, { autoPong: false });
  for (let round = 0; round < 20; round += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one interval after the other
    expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    clock.pass(interval);
    // oxlint-disable-next-line no-await-in-loop
    await settle();
  }
  expect(runner.sessions).toBe(1);
  await client.close();
});

it('A11: a client is not let go for a time in which the runner itself was blocked', async () => {
  await start();
  const client = await SignallingClient.connect(runner.url, { autoPong: false });
  for (let round = 0; round < 20; round += 1) {
    clock.block(10 * interval);
    // oxlint-disable-next-line no-await-in-loop -- one block after the other
    await settle();
  }
  expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
  await client.close();
});

it('A1: 30 idle minutes behind a proxy that cuts after 60 idle seconds', async () => {
  await start();
  const idleLimitMs = 60_000;
  const lastAt = { server: 0, client: 0 };
  let longestMs = 0;
  const passed = (towards: 'server' | 'client'): void => {
    longestMs = Math.max(longestMs, clock.now() - lastAt[towards]);
    lastAt[towards] = clock.now();
  };
  proxy = await startFaultProxy(runner.port, { passed });
  const client = await SignallingClient.connect(runner.url.replace(`${runner.port}`, `${proxy.port}`));
  for (let second = 1; second <= 30 * 60; second += 1) {
    clock.pass(1000);
    // oxlint-disable-next-line no-await-in-loop -- time goes on when what was due has crossed
    if (clock.now() % interval === 0)
      await expect.poll(() => lastAt.server, { interval: 1 }).toBe(clock.now());
    if (clock.now() - Math.max(lastAt.server, lastAt.client) > idleLimitMs) proxy.cut();
  }
  expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
  // At least a byte each way in any 30 s.
  expect(longestMs).toBeLessThanOrEqual(30_000);
  await client.close();
});
