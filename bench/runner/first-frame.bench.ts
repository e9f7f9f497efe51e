/*
 * From dialling a runner to the first frame that comes back: `ready`, the answer to the offer, media connected, first
 * frame. Cold: the runner has just begun to listen, and its spare process is only starting. Warm: the spare waits.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { makeVideoSource, type Transceiver } from '../../runner/src/media/wrtc.ts';
import { SignallingClient } from '../../tests/runner/signalling-client.ts';
import { childrenOf } from '../../tests/runner/session-process-of.ts';
import { VideoClient } from '../../tests/runner/video-client.ts';
import { percentile, report, type BenchRow } from '../result.ts';
import { negotiate } from './live-client.ts';
import { movingPicture, play } from './moving-picture.ts';
import { cpuSeconds, ServerProcess } from './server-process.ts';

const runs = 20;
const quietMs = 500;

/** Milliseconds since the dial. */
interface Run {
  ready: number;
  answer: number;
  connected: number;
  frame: number;
}

const stages = {
  ready: 'dial to ready',
  answer: 'dial to answer',
  connected: 'dial to media connected',
  frame: 'dial to first frame',
} as const;

const picture = movingPicture(512);

/**
 * A peer that sends nothing yet. Frames that come before the connection make libwebrtc encode its first one 160 ms
 * late (tried with 0.10.0), which is the client's time and not the runner's.
 */
async function makePeer(): Promise<{ video: VideoClient; send: () => () => void }> {
  const video = new VideoClient();
  const { connection } = video as unknown as { connection: { getTransceivers(): Transceiver[] } };
  const source = makeVideoSource();
  await connection.getTransceivers()[0]!.sender.replaceTrack(source.createTrack());
  return { video, send: () => play((frame) => source.onFrame(frame), picture) };
}

async function run(url: string): Promise<Run> {
  // Made before: what the client's own libwebrtc takes for an offer is not the runner's.
  const { video, send } = await makePeer();
  const sdp = await video.offer();
  const dialledAt = performance.now();
  const since = (): number => performance.now() - dialledAt;
  const client = await SignallingClient.dial(url);
  await client.hear('ready');
  const ready = since();
  const connected = video.connected.then(since);
  const frame = video.seen().then(since);
  client.send({ type: 'set_user_id', user_id: 'bench' });
  await negotiate(client, sdp, video);
  const answer = since();
  const stop = send();
  const result = { ready, answer, connected: await connected, frame: await frame };
  stop();
  video.close();
  await client.close();
  return result;
}

async function cold(): Promise<Run> {
  const runner = await ServerProcess.runner();
  try {
    return await run(runner.url);
  } finally {
    await runner.end();
  }
}

/** Waits until nothing starts or ends in the runner any more: its processes have taken no time for a while. */
async function quiet(runner: ServerProcess): Promise<void> {
  const taken = (): string =>
    childrenOf(runner.pid)
      .map((pid) => `${pid} ${cpuSeconds(pid)}`)
      .join();
  for (let before = ''; before === '' || before !== taken();) {
    before = taken();
    await pause(quietMs);
  }
}

const raw: Record<'cold' | 'warm', Run[]> = { cold: [], warm: [] };

// The client's own first peer loads what the later ones find loaded.
await cold();
while (raw.cold.length < runs) raw.cold.push(await cold());
process.stderr.write('cold: done\n');

const runner = await ServerProcess.runner();
while (raw.warm.length < runs) {
  await quiet(runner);
  raw.warm.push(await run(runner.url));
}
await runner.end();
process.stderr.write('warm: done\n');

const rows = (['cold', 'warm'] as const).flatMap((start) =>
  (Object.keys(stages) as (keyof Run)[]).flatMap((stage): BenchRow[] => {
    const times = raw[start].map((times) => times[stage]);
    return [
      { figure: `${start}: ${stages[stage]}, p50`, value: percentile(times, 0.5), unit: 'ms' },
      { figure: `${start}: ${stages[stage]}, p95`, value: percentile(times, 0.95), unit: 'ms' },
      { figure: `${start}: ${stages[stage]}, longest`, value: Math.max(...times), unit: 'ms' },
    ];
  }),
);
report({ title: 'Runner: from dial to first frame, 512×512 passthrough', rows, raw });
process.exit(0);
