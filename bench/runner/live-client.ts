import type { ClientOptions } from 'ws';
import { SignallingClient } from '../../tests/runner/signalling-client.ts';
import { VideoClient } from '../../tests/runner/video-client.ts';

/** What a client announces at the upgrade that can come back. */
export const resumable: ClientOptions = { headers: { 'linkspan-resume': 'new' } };

/** A client with signalling and media up in both directions. */
export interface LiveClient {
  client: SignallingClient;
  video: VideoClient;
  /** Of the media session. */
  sessionId: string;
}

/** Loads a pipeline, if one is given, and brings media up. Resolves with the first frame that comes back. */
export async function goLive(
  url: string,
  { pipeline = null, ...options }: ClientOptions & { pipeline?: string | null } = {},
): Promise<LiveClient> {
  const client = await SignallingClient.connect(url, options);
  if (pipeline !== null) {
    const reply = await client.api('POST', '/api/v1/pipeline/load', { pipeline_id: pipeline });
    if (reply.type !== 'api_response' || reply.status !== 200) throw new Error(JSON.stringify(reply));
  }
  return { client, ...(await makeMedia(client)) };
}

/** A new media session of a client that is connected; ends the one it has. */
export async function makeMedia(client: SignallingClient): Promise<Pick<LiveClient, 'video' | 'sessionId'>> {
  const video = new VideoClient();
  const sessionId = await negotiate(client, await video.offer(), video);
  await video.seen();
  return { video, sessionId };
}

/** @returns The media session's id, once the answer is accepted. */
export async function negotiate(client: SignallingClient, sdp: string, video: VideoClient): Promise<string> {
  const reply = await client.ask({ type: 'offer', sdp, sdp_type: 'offer' });
  if (reply.type !== 'answer') throw new Error(JSON.stringify(reply));
  await video.accept(reply.sdp);
  return reply.sessionId;
}
