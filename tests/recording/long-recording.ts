import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { EncodedPacket, EncodedVideoPacketSource, Output, StreamTarget, WebMOutputFormat } from 'mediabunny';

/** Bytes of a frame: of a large picture. */
const frameBytes = 16_000;

/**
 * Writes a recording as it lies there when the app ends: without a length, in clusters, of frames that no player would
 * show.
 */
export async function writeLongRecording(file: string, frames: number): Promise<void> {
  await using handle = await open(file, 'wx');
  const output = new Output({
    format: new WebMOutputFormat({ appendOnly: true }),
    target: new StreamTarget(
      new WritableStream({
        write: async ({ data, position }: { data: Uint8Array; position: number }) => {
          await handle.write(data, 0, data.length, position);
        },
      }),
    ),
  });
  const video = new EncodedVideoPacketSource('vp8');
  output.addVideoTrack(video);
  await output.start();
  const meta = { decoderConfig: { codec: 'vp8', codedWidth: 512, codedHeight: 512 } };
  for (let frame = 0; frame < frames; frame += 1) {
    const kind = frame % 60 === 0 ? 'key' : 'delta';
    const packet = new EncodedPacket(randomBytes(frameBytes), kind, frame / 30, 1 / 30);
    await video.add(packet, frame === 0 ? meta : undefined);
  }
  await output.finalize();
}
