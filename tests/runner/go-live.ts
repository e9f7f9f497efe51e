import { onTestFinished } from 'vitest';
import type { SignallingClient } from './signalling-client.ts';
import { VideoClient } from './video-client.ts';

/** Media on, in both directions; `sessionId` is the media session's. */
export async function goLive(
  client: SignallingClient,
  message: object = {},
): Promise<VideoClient & { sessionId: string }> {
  const video = new VideoClient();
  onTestFinished(() => video.close());
  const reply = await client.ask({ type: 'offer', sdp: await video.offer(), ...message });
  if (reply.type !== 'answer') throw new Error(JSON.stringify(reply));
  await video.accept(reply.sdp);
  await video.seen();
  return Object.assign(video, { sessionId: reply.sessionId });
}
