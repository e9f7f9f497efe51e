import { open, stat, type FileHandle } from 'node:fs/promises';
import {
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  Input,
  Output,
  StreamTarget,
  WEBM,
  WebMOutputFormat,
  type StreamTargetChunk,
} from 'mediabunny';
import { chunkMaxBytes } from '../../shared/ipc/recording-channels.ts';
import { emptyMaxBytes, readCacheBytes, seekPointSeconds, writePieceBytes } from './defaults.ts';
import { damaged } from './disk-problem.ts';
import { wholePart } from './whole-part.ts';

/**
 * Writes a recording anew with what a file that grows cannot have: its length, and where its key frames are. Pictures
 * are copied as they are, one by one: memory stays the same however long the file is. A torn end is left out.
 *
 * @param from Is only read.
 * @param to Is replaced when it exists; with 0 frames it is not made.
 * @returns Frames copied; 0 when hardly anything had been recorded.
 * @throws When either file cannot be read or written, or more is unreadable than an end that was cut off.
 */
export async function makeSeekable(from: string, to: string): Promise<number> {
  const { size } = await stat(from);
  const whole = wholePart(from);
  if (whole.frames === 0 && size <= emptyMaxBytes) return 0;
  // What a crash tears is the last piece; what is missing beyond that may still be saved by whoever knows how.
  if (whole.frames === 0 || size - whole.bytes > chunkMaxBytes) throw damaged();
  using input = new Input({
    source: new FilePathSource(from, { maxCacheSize: readCacheBytes }).slice(0, whole.bytes),
    formats: [WEBM],
  });
  const track = (await input.canRead()) ? await input.getPrimaryVideoTrack() : null;
  const codec = await track?.getCodec();
  if (!track || !codec) throw damaged();
  const packets = new EncodedPacketSink(track);
  if ((await packets.getFirstPacket()) === null) throw damaged();

  const file = await open(to, 'w');
  try {
    const output = new Output({
      format: new WebMOutputFormat({ minimumClusterDuration: seekPointSeconds }),
      target: new StreamTarget(into(file), { chunked: true, chunkSize: writePieceBytes }),
    });
    const target = new EncodedVideoPacketSource(codec);
    output.addVideoTrack(target);
    await output.start();
    const decoderConfig = await track.getDecoderConfig();
    let frames = 0;
    for await (const packet of packets.packets()) {
      await target.add(packet, frames === 0 && decoderConfig ? { decoderConfig } : undefined);
      frames += 1;
    }
    await output.finalize();
    return frames;
  } finally {
    await file.close();
  }
}

/** The container library's own target takes a piece for written of which a disk that ran full took half. */
function into(file: FileHandle): WritableStream<StreamTargetChunk> {
  return new WritableStream({
    write: async ({ data, position }) => {
      let done = 0;
      while (done < data.byteLength) {
        done += (await file.write(data, done, data.byteLength - done, position + done)).bytesWritten;
      }
    },
  });
}
