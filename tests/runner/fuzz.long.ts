import { expect, it, onTestFinished } from 'vitest';
import { startRunner } from '../../runner/src/start-runner.ts';
import { SignallingClient } from './signalling-client.ts';
import { VideoClient } from './video-client.ts';

/** Deterministic (mulberry32), so that a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function damage(text: string, below: (limit: number) => number): string {
  const at = below(text.length);
  const length = 1 + below(12);
  switch (below(4)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length);
    case 1:
      return text.slice(0, at);
    case 2:
      return text.slice(0, at) + String.fromCodePoint(below(0xd7ff)).repeat(length) + text.slice(at);
    default:
      return text.slice(0, at) + text.slice(below(text.length));
  }
}

it('S13: 100,000 malformed frames leave the runner alive and its memory flat', async () => {
  const runner = await startRunner({ port: 0, logLevel: 'silent' });
  onTestFinished(() => runner.close());
  const client = await SignallingClient.connect(runner.url);
  const below = random(1);
  const frames = [
    { type: 'offer', request_id: 'a', sdp: 'v=0\r\n', initialParameters: { strength: 1 } },
    { type: 'api', request_id: 'a', method: 'GET', path: '/api/v1/webrtc/offer/x', body: { a: [1] } },
    { type: 'icecandidate', request_id: 'a', sessionId: 'x', candidate: { candidate: 'c' } },
  ].map((frame) => JSON.stringify(frame));
  const memory: number[] = [];
  for (let round = 0; round < 100; round += 1) {
    for (let frame = 0; frame < 1000; frame += 1) client.socket.send(damage(frames[below(3)]!, below));
    client.heard.length = 0;
    // oxlint-disable-next-line no-await-in-loop -- the runner keeps up before the next round
    await client.ask({ type: 'ping' });
    memory.push(process.memoryUsage().heapUsed);
  }
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(memory.slice(80)) / mean(memory.slice(20, 40))).toBeLessThan(1.5);
  expect((await fetch(`${runner.httpUrl}/health`)).status).toBe(200);
});

it('S13: 2,000 malformed SDPs are refused or answered; at worst they end their own session', async () => {
  const runner = await startRunner({ port: 0, logLevel: 'silent' });
  onTestFinished(() => runner.close());
  const video = new VideoClient();
  onTestFinished(() => video.close());
  const sdp = await video.offer();
  const below = random(2);
  let client = await SignallingClient.connect(runner.url);
  let crashes = 0;
  for (let round = 0; round < 2000; round += 1) {
    client.heard.length = 0;
    // oxlint-disable-next-line no-await-in-loop -- one offer after the other
    const reply = await Promise.race([client.ask({ type: 'offer', sdp: damage(sdp, below) }), client.closed]);
    if ('code' in reply && reply.code === 1011) {
      crashes += 1;
      // oxlint-disable-next-line no-await-in-loop
      client = await SignallingClient.connect(runner.url);
    }
  }
  expect(crashes).toBe(0);
  expect((await fetch(`${runner.httpUrl}/health`)).status).toBe(200);
});
