import { PNG } from 'pngjs';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { smallOnly, temporaryDir, writeModel } from '../../runner/src/inference/fixtures/model-dir.ts';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import { SignallingClient } from './signalling-client.ts';
import { flatFrame, isFlat, VideoClient } from './video-client.ts';

let runner: Runner;
let client: SignallingClient;
let video: VideoClient;

beforeEach(async () => {
  runner = await startRunner({ port: 0, logLevel: 'silent' });
  client = await SignallingClient.connect(runner.url);
  video = new VideoClient();
});

afterEach(async () => {
  video.close();
  await runner.close();
});

/** Offer and answer. @returns The session id. */
async function negotiate(message: object = {}): Promise<string> {
  const reply = await client.ask({ type: 'offer', sdp: await video.offer(), sdp_type: 'offer', ...message });
  if (reply.type !== 'answer') throw new Error(JSON.stringify(reply));
  await video.accept(reply.sdp);
  return reply.sessionId;
}

function withoutCandidates(sdp: string): string {
  return sdp
    .split('\r\n')
    .filter((line) => !line.startsWith('a=candidate:'))
    .join('\r\n');
}

/** Tells all of the client's candidates, the end of them included. */
async function trickle(sessionId?: string): Promise<void> {
  await video.gathered;
  for (const candidate of video.candidates) {
    const reply = await client.ask({ type: 'icecandidate', candidate, sessionId });
    expect(reply).toMatchObject({ type: 'icecandidate_ack' });
  }
}

/** Connected, with media flowing back. */
async function goLive(message: object = {}): Promise<string> {
  const sessionId = await negotiate(message);
  await trickle(sessionId);
  await video.connected;
  await video.seen();
  return sessionId;
}

const red = [81, 90, 240] as const;
const blue = [41, 240, 110] as const;

it('sends known colours back within 6 of 255 through codec and passthrough', async () => {
  video.show(flatFrame(512, 512, red));
  await goLive();
  for (const colour of [red, [145, 54, 34], blue, [200, 128, 128]] as const) {
    video.show(flatFrame(512, 512, colour));
    // oxlint-disable-next-line no-await-in-loop -- one picture after the other
    const back = await video.seen((frame) => isFlat(frame, colour, 6));
    expect([back.width, back.height]).toEqual([512, 512]);
  }
});

it('A45: candidates that arrive before the session id are queued, not dropped', async () => {
  const sdp = await video.offer();
  await video.gathered;
  await trickle();
  const reply = await client.ask({ type: 'offer', sdp: withoutCandidates(sdp), sdp_type: 'offer' });
  // Without the runner's candidates the client cannot reach it: the runner must have the client's.
  await video.accept(reply.type === 'answer' ? withoutCandidates(reply.sdp) : '');
  await video.connected;
  expect((await video.seen()).width).toBe(320);
});

it('S12, S16: a runner on loopback tells no address but 127.0.0.1', async () => {
  const reply = await client.ask({ type: 'offer', sdp: await video.offer(), sdp_type: 'offer' });
  const sdp = reply.type === 'answer' ? reply.sdp : '';
  const candidates = sdp.split('\r\n').filter((line) => line.startsWith('a=candidate:'));
  expect(candidates.length).toBeGreaterThan(0);
  for (const candidate of candidates) expect(candidate.split(' ')[4]).toBe('127.0.0.1');
  expect(sdp).not.toMatch(/^c=IN IP[46] (?!0\.0\.0\.0)/m);
});

it('uses the UDP ports that it was given, and no others', async () => {
  await runner.close();
  const [min, max] = [20_000, 29_999];
  runner = await startRunner({ port: 0, logLevel: 'silent', udpPorts: { min, max } });
  client = await SignallingClient.connect(runner.url);
  const reply = await client.ask({ type: 'offer', sdp: await video.offer(), sdp_type: 'offer' });
  const sdp = reply.type === 'answer' ? reply.sdp : '';
  const ports = [...sdp.matchAll(/^a=candidate:\S+ \d udp \d+ \S+ (\d+)/gm)].map((match) => Number(match[1]));
  expect(ports.length).toBeGreaterThan(0);
  expect(ports.filter((port) => port < min || port > max)).toEqual([]);
  await video.accept(sdp);
  await video.seen();
});

it('applies parameters of the offer and of the data channel to the picture', async () => {
  await client.api('POST', '/api/v1/pipeline/load', { pipeline_id: 'sketch' });
  await goLive({ initialParameters: { paper: [1, 0, 0] } });
  // A flat picture has no edges: what comes back is paper.
  await video.seen((frame) => isFlat(frame, red, 10));
  await video.channelOpen;
  video.channel.send('this is no JSON');
  video.channel.send(JSON.stringify({ paper: [0, 0, 1], unknown: 1 }));
  await video.seen((frame) => isFlat(frame, blue, 10));
  await client.hear('logs', ({ lines }) => lines.join().includes('parameters are no JSON'));
});

it('hands frames through again after a pipeline is unloaded', async () => {
  video.show(flatFrame(320, 240, blue));
  await client.api('POST', '/api/v1/pipeline/load', {
    pipeline_id: 'sketch',
    parameters: { paper: [1, 0, 0] },
  });
  await goLive();
  await video.seen((frame) => isFlat(frame, red, 10));
  await client.api('POST', '/api/v1/pipeline/unload');
  await video.seen((frame) => isFlat(frame, blue, 6));
});

it('hands frames through, and says so, when a loaded pipeline fails on every frame', async () => {
  const dir = await temporaryDir();
  await writeModel(dir, 'small-only', smallOnly().toBytes());
  await runner.close();
  runner = await startRunner({ port: 0, logLevel: 'silent', modelDirs: [dir] });
  client = await SignallingClient.connect(runner.url);
  video.show(flatFrame(320, 240, red));
  await goLive();
  const load = { pipeline_id: 'small-only', parameters: {} };
  expect(await client.api('POST', '/api/v1/pipeline/load', load)).toMatchObject({ status: 200 });
  expect(await client.hear('error')).toMatchObject({ code: 'PIPELINE_FAILED' });
  expect(await client.api('GET', '/api/v1/pipeline/status')).toMatchObject({ data: { status: 'error' } });
  video.show(flatFrame(320, 240, blue));
  await video.seen((frame) => isFlat(frame, blue, 6));
});

it('hands frames through when an unload overtakes a load', async () => {
  video.show(flatFrame(320, 240, blue));
  await goLive();
  const loading = client.api('POST', '/api/v1/pipeline/load', { pipeline_id: 'thermal' });
  const unloading = client.api('POST', '/api/v1/pipeline/unload');
  await Promise.all([loading, unloading]);
  await video.seen((frame) => isFlat(frame, blue, 6));
  expect(await client.api('GET', '/api/v1/pipeline/status')).toMatchObject({
    data: { status: 'not_loaded' },
  });
});

it('pushes what it took in and gave out once a second', async () => {
  await goLive();
  const counts = await client.hear('frames', (message) => message.out > 0);
  expect(counts.in).toBeGreaterThanOrEqual(counts.out);
  expect(counts.inference_ms).toBeNull();
});

it('A43: replaces the peer connection inside the session when the offer names it', async () => {
  const sessionId = await goLive();
  const first = video;
  video = new VideoClient();
  try {
    expect(await negotiate({ sessionId })).toBe(sessionId);
    await trickle(sessionId);
    await video.connected;
    await video.seen();
    // The old connection is closed by the runner once the new one is connected.
    await first.channelClosed;
  } finally {
    first.close();
  }
});

it('A43: closes the old connection after 5 s when the new one does not come about', async () => {
  const sessionId = await goLive();
  const unborn = new VideoClient();
  try {
    const reply = await client.ask({ type: 'offer', sdp: await unborn.offer(), sessionId });
    expect(reply).toMatchObject({ type: 'answer', sessionId });
    // Until then it goes on: frames that are made now come back.
    await video.seen();
    await video.channelClosed;
  } finally {
    unborn.close();
  }
});

it('A43: ends the media session before it answers an offer that does not name it', async () => {
  const sessionId = await goLive();
  const first = video;
  const ended = first.channelClosed;
  video = new VideoClient();
  try {
    expect(await negotiate()).not.toBe(sessionId);
    await ended;
  } finally {
    first.close();
  }
});

it('A40: keeps the live connection when a rebuild is refused, and ends it at DELETE', async () => {
  const sessionId = await goLive();
  const reply = await client.ask({ type: 'offer', sdp: 'nonsense', sessionId });
  expect(reply).toMatchObject({ type: 'error', error: 'Offer failed: 400', code: 'BAD_OFFER' });
  await video.seen();
  expect(await client.api('DELETE', `/api/v1/webrtc/offer/${sessionId}`)).toMatchObject({ status: 204 });
  await video.channelClosed;
});

it('A51: a binary answer carries its content type: the picture the session sends', async () => {
  video.show(flatFrame(320, 240, blue));
  await goLive();
  const reply = await client.api('GET', '/api/v1/session/picture');
  const { data } = v.parse(pictureReply, reply);
  const png = Buffer.from(data._base64_content, 'base64');
  expect(png.length).toBe(data._content_length);
  expect(data.media_type).toBe('image/png');
  const picture = PNG.sync.read(png);
  expect([picture.width, picture.height]).toEqual([320, 240]);
  const middle = (120 * 320 + 160) * 4;
  const [r = 255, g = 255, b = 0] = picture.data.subarray(middle);
  expect(Math.max(r, g)).toBeLessThan(24);
  expect(b).toBeGreaterThan(231);
});

const pictureReply = v.object({
  status: v.literal(200),
  data: v.object({
    _base64_content: v.string(),
    _content_type: v.literal('image/png'),
    _content_length: v.number(),
    media_type: v.string(),
  }),
});
