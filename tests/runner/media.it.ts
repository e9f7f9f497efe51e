import { afterEach, beforeEach, expect, it } from 'vitest';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import { SignallingClient } from './signalling-client.ts';
import { flatFrame, meanColour, VideoClient } from './video-client.ts';

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

/** Offer and answer, without a single candidate of the client's. */
async function negotiate(message: object = {}): Promise<string> {
  const reply = await client.ask({ type: 'offer', sdp: await video.offer(), sdp_type: 'offer', ...message });
  if (reply.type !== 'answer') throw new Error(JSON.stringify(reply));
  await video.accept(reply.sdp);
  return reply.sessionId;
}

async function trickle(sessionId?: string): Promise<void> {
  for (const candidate of video.candidates) {
    const reply = await client.ask({ type: 'icecandidate', candidate, sessionId });
    expect(reply).toMatchObject({ type: 'icecandidate_ack' });
  }
}

it('sends known colours back within 6 of 255 through codec and passthrough', async () => {
  const colours = [
    [81, 90, 240],
    [145, 54, 34],
    [41, 240, 110],
    [200, 128, 128],
  ] as const;
  video.show(flatFrame(512, 512, colours[0]));
  await trickle(await negotiate());
  await video.connected;
  for (const colour of colours) {
    video.show(flatFrame(512, 512, colour));
    // oxlint-disable-next-line no-await-in-loop -- one picture after the other
    const back = await video.seen((frame) =>
      meanColour(frame).every((value, plane) => Math.abs(value - colour[plane]!) <= 6),
    );
    expect([back.width, back.height]).toEqual([512, 512]);
  }
});
