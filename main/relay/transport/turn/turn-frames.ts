const headLength = 4;
const stunHeaderLength = 20;

/**
 * Cuts a stream from a TURN server into STUN messages and channel data (RFC 8656, 12.5), each with its padding. werift
 * does that, too, but keeps whatever is neither for ever.
 */
export class TurnFrames {
  #rest: Buffer = Buffer.alloc(0);

  /** @returns The frames that are complete now; null if this is no TURN stream. It cannot be read on then. */
  push(chunk: Buffer): Buffer[] | null {
    const data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const frames: Buffer[] = [];
    let at = 0;
    while (data.length - at >= headLength) {
      const length = frameLength(data, at);
      if (length === null) return null;
      if (data.length - at < length) break;
      frames.push(data.subarray(at, at + length));
      at += length;
    }
    this.#rest = data.subarray(at);
    return frames;
  }
}

/** The two highest bits tell the kinds apart: 00 STUN, 01 channel data. */
function frameLength(data: Buffer, at: number): number | null {
  const length = data.readUInt16BE(at + 2);
  switch (data[at]! >> 6) {
    case 0:
      return length % 4 === 0 ? stunHeaderLength + length : null;
    case 1:
      return headLength + Math.ceil(length / 4) * 4;
    default:
      return null;
  }
}
