import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { logBatch, maxBufferedBytes, maxPayloadBytes } from '../../runner/src/connection/defaults.ts';
import { ManualClock } from '../../runner/src/fixtures/manual-clock.ts';
import { maxLogLineLength } from '../../runner/src/session/defaults.ts';
import { startRunner, type Runner, type RunnerParts } from '../../runner/src/start-runner.ts';
import { watchAccepted } from './accepted-sockets.ts';
import { SignallingClient } from './signalling-client.ts';

const sessionEntry = fileURLToPath(new URL('fixtures/talkative-session.mjs', import.meta.url));
const intervalMs = 5000;
const hour = 3_600_000;

let runner: Runner;
let clock: ManualClock;
let client: SignallingClient;
/** The runner's end of the client's connection. */
let end: Socket;
/** Of the session, in the runner's own log. */
let lines: string[];

/** A runner, and a client that reads nothing any more once it was let in. */
async function start(options: { pingIntervalMs: number; writeMs: number }): Promise<void> {
  const accepted = watchAccepted();
  clock = new ManualClock();
  lines = [];
  runner = await startRunner({ port: 0, ...options }, { clock, sessionEntry, log: sessionLog() });
  client = await SignallingClient.connect(runner.url, { headers: { 'linkspan-resume': 'new' } });
  end = accepted.endOf(portOf(client));
  client.socket.pause();
}

type Log = NonNullable<RunnerParts['log']>;

function sessionLog(): Log {
  const log = {
    info(fields: { session?: unknown }, line: string) {
      if (fields.session === true) lines.push(line);
    },
    warn: () => undefined,
    child: () => log,
  };
  return log as unknown as Log;
}

afterEach(async () => {
  client.socket.terminate();
  await runner.close();
});

function portOf({ socket }: SignallingClient): number | undefined {
  return (socket as unknown as { _socket: Socket })._socket.localPort;
}

async function metrics(): Promise<string> {
  return (await fetch(`${runner.httpUrl}/metrics`)).text();
}

/** The session talks. */
const load = { type: 'api', method: 'POST', path: '/api/v1/pipeline/load', body: { pipeline_id: 'any' } };

/** An answer as large as its question. */
function askForMuch(): void {
  client.socket.send(JSON.stringify({ type: 'x'.repeat(maxPayloadBytes - 100) }));
}

/** Whatever came over the socket up to now has been seen to. */
async function heard(): Promise<void> {
  const seen = end.bytesRead;
  await new Promise((resolve) => setImmediate(resolve));
  if (end.bytesRead !== seen) await heard();
}

describe('A9: a client that reads nothing', () => {
  it('is let go when 4 MiB wait for it, and what waits never gets much more', async () => {
    await start({ pingIntervalMs: hour, writeMs: hour });
    let most = 0;
    while (!end.closed) {
      askForMuch();
      // oxlint-disable-next-line no-await-in-loop -- one after the other, to see what each leaves
      await heard();
      most = Math.max(most, end.writableLength);
    }
    expect(most).toBeGreaterThan(maxBufferedBytes);
    expect(most).toBeLessThan(maxBufferedBytes + 1.1 * maxPayloadBytes);
    expect(await metrics()).toContain('linkspan_evictions_total{reason="buffer-full"} 1');
  });

  it('is let go when its session talks without end, of which no more is kept than fits', async () => {
    await start({ pingIntervalMs: hour, writeMs: hour });
    const batchBytes = logBatch.lines * (maxLogLineLength + 3) + 100;
    let most = 0;
    for (let round = 0; !end.closed; round += 1) {
      const before = lines.length;
      client.send({ ...load, request_id: `${round}` });
      // oxlint-disable-next-line no-await-in-loop -- the lines of this round, before the next
      await expect.poll(() => lines.length, { timeout: 20_000 }).toBeGreaterThan(before + 100);
      for (let batch = 0; batch < 4; batch += 1) {
        clock.pass(logBatch.everyMs);
        most = Math.max(most, end.writableLength);
      }
      // oxlint-disable-next-line no-await-in-loop
      await heard();
    }
    expect(most).toBeGreaterThan(maxBufferedBytes);
    expect(most).toBeLessThan(maxBufferedBytes + batchBytes);
    expect(await metrics()).toContain('linkspan_evictions_total{reason="buffer-full"} 1');
  });

  it('is let go when a message is not taken for 10 s, though it sends and little waits for it', async () => {
    await start({ pingIntervalMs: intervalMs, writeMs: 2 * intervalMs });
    while (end.writableLength === 0) {
      askForMuch();
      // oxlint-disable-next-line no-await-in-loop -- until its system takes no more
      await heard();
    }
    expect(end.writableLength).toBeLessThan(maxBufferedBytes);
    for (let interval = 0; interval < 3; interval += 1) {
      expect(end.closed).toBe(false);
      client.send({ type: 'ping' });
      // oxlint-disable-next-line no-await-in-loop -- the runner hears it before the interval is over
      await heard();
      clock.pass(intervalMs);
      // oxlint-disable-next-line no-await-in-loop
      await heard();
    }
    await expect.poll(() => end.closed).toBe(true);
    expect(await metrics()).toContain('linkspan_evictions_total{reason="write-timeout"} 1');
  });

  it('is let go when it is owed more pongs than anybody needs', async () => {
    await start({ pingIntervalMs: hour, writeMs: hour });
    const payload = Buffer.alloc(125);
    let most = 0;
    while (!end.closed) {
      for (let sent = 0; sent < 1000; sent += 1) client.socket.ping(payload);
      // oxlint-disable-next-line no-await-in-loop -- until its system takes no more
      await heard();
      most = Math.max(most, end.writableLength);
    }
    expect(most).toBeLessThan(maxBufferedBytes);
  });
});

it('A9: a client that reads is told of a talkative session what fits, and how much was left out', async () => {
  await start({ pingIntervalMs: hour, writeMs: hour });
  client.socket.resume();
  await client.ask(load);
  for (let batch = 0; batch < 5; batch += 1) clock.pass(logBatch.everyMs);
  const told = await client.hear('logs', ({ lines: some }) => some.at(-1)?.endsWith('left out)') ?? false);
  expect(told.lines.at(-1)).toBe('(50 lines left out)');
  const all = client.heard.flatMap((message) => (message.type === 'logs' ? message.lines : []));
  expect(all).toHaveLength(201);
  expect(Math.max(...all.map(({ length }) => length))).toBe(maxLogLineLength);
  // What the client is spared, the operator's disk is too.
  expect(lines).toHaveLength(200);
});
