import { readdirSync, readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { RunnerProcess } from '../link/runner-process.ts';
import { SignallingClient } from './signalling-client.ts';
import { VideoClient } from './video-client.ts';

/** What a process holds: resident MiB, and open file descriptors. */
function holds(pid: number): { rss: number; descriptors: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const rss = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  return { rss, descriptors: readdirSync(`/proc/${pid}/fd`).length };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Repeats, and compares what the runner holds in the last fifth with the third: before, V8's heap finds its size. */
async function repeat(pid: number, times: number, once: () => Promise<void>): Promise<void> {
  const samples: ReturnType<typeof holds>[] = [];
  for (let time = 0; time < times; time += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await once();
    samples.push(holds(pid));
  }
  const fifth = Math.floor(times / 5);
  const [early, late] = [samples.slice(2 * fifth, 3 * fifth), samples.slice(-fifth)];
  const rss = [early, late].map((part) => median(part.map((sample) => sample.rss)));
  const descriptors = [early, late].map((part) => median(part.map((sample) => sample.descriptors)));
  console.log(
    `RSS ${rss.map((mib) => mib.toFixed(1)).join(' → ')} MiB, descriptors ${descriptors.join(' → ')}`,
  );
  expect(rss[1]! - rss[0]!).toBeLessThan(0.15 * rss[0]!);
  expect(descriptors[1]! - descriptors[0]!).toBeLessThanOrEqual(4);
}

async function runnerProcess(...args: string[]): Promise<RunnerProcess> {
  const runner = await RunnerProcess.start(0, args);
  onTestFinished(() => runner.end('SIGTERM'));
  return runner;
}

it('200 sessions with media leave memory and descriptors flat', async () => {
  const runner = await runnerProcess();
  await repeat(runner.pid, 200, async () => {
    const client = await SignallingClient.connect(runner.url);
    const video = new VideoClient();
    await client.api('POST', '/api/v1/pipeline/load', { pipeline_id: 'sketch' });
    const reply = await client.ask({ type: 'offer', sdp: await video.offer() });
    await video.accept(reply.type === 'answer' ? reply.sdp : '');
    await video.seen();
    await client.close();
    video.close();
  });
});

it('60,000 resumes of one session, each after a loss, leave memory and descriptors flat', async () => {
  const runner = await runnerProcess();
  let client = await SignallingClient.connect(runner.url, { headers: { 'linkspan-resume': 'new' } });
  let { resume_token: token } = await client.hear('ready');
  await repeat(runner.pid, 60_000, async () => {
    client.socket.terminate();
    client = await SignallingClient.dial(runner.url, { headers: { 'linkspan-resume': token! } });
    await client.hear('resumed');
    ({ resume_token: token } = await client.hear('ready'));
  });
});

it('160,000 connections that find no slot leave memory and descriptors flat', async () => {
  const runner = await runnerProcess();
  const holder = await SignallingClient.connect(runner.url);
  await repeat(runner.pid, 8000, async () => {
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const client = await SignallingClient.dial(runner.url);
        expect((await client.closed).code).toBe(1013);
      }),
    );
  });
  await holder.close();
});
