/** Builds plain RTP packets for tests. */
export interface RtpFields {
  ssrc?: number;
  sequence?: number;
  timestamp?: number;
  payloadType?: number;
  marker?: boolean;
  csrcs?: number;
  padding?: number;
  /** One-byte elements, RFC 8285. */
  extensions?: readonly { id: number; value: Buffer }[];
  twoByteExtensions?: boolean;
  payload?: Buffer;
}

/** A VP8 payload whose first packet of a frame says whether the frame is a key frame. */
export const vp8Key = Buffer.from([0x10, 0x00, 0x9d, 0x01, 0x2a]);
export const vp8Delta = Buffer.from([0x10, 0x01, 0x00, 0x00, 0x00]);

export function rtpPacket({
  ssrc = 1,
  sequence = 0,
  timestamp = 0,
  payloadType = 96,
  marker = false,
  csrcs = 0,
  padding = 0,
  extensions = [],
  twoByteExtensions = false,
  payload = vp8Key,
}: RtpFields = {}): Buffer {
  const header = Buffer.alloc(12 + csrcs * 4);
  header[0] = 0x80 | csrcs | (padding > 0 ? 0x20 : 0) | (extensions.length > 0 ? 0x10 : 0);
  header[1] = (marker ? 0x80 : 0) | payloadType;
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(timestamp >>> 0, 4);
  header.writeUInt32BE(ssrc, 8);
  const filler = Buffer.alloc(padding);
  if (padding > 0) filler[padding - 1] = padding;
  return Buffer.concat([header, extensionBlock(extensions, twoByteExtensions), payload, filler]);
}

function extensionBlock(extensions: NonNullable<RtpFields['extensions']>, twoByte: boolean): Buffer {
  if (extensions.length === 0) return Buffer.alloc(0);
  const elements = Buffer.concat(
    extensions.map(({ id, value }) =>
      Buffer.concat([Buffer.from(twoByte ? [id, value.length] : [(id << 4) | (value.length - 1)]), value]),
    ),
  );
  const words = Math.ceil(elements.length / 4);
  const block = Buffer.alloc(4 + words * 4);
  block.writeUInt16BE(twoByte ? 0x1000 : 0xbede, 0);
  block.writeUInt16BE(words, 2);
  elements.copy(block, 4);
  return block;
}
