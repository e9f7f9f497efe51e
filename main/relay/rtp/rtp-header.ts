/** The fixed header of RFC 3550, 5.1. */
const fixedHeaderLength = 12;
/** The first octet's flags. */
export const paddingFlag = 0x20;
export const extensionFlag = 0x10;
const csrcMask = 0x0f;

/**
 * Length of the RTP header with its CSRCs and extension.
 *
 * @param end Where the packet's payload ends; what lies behind (a tag, or room for one) does not count.
 * @returns Octets, or -1 if this is no RTP packet or it is cut short.
 */
export function headerLength(packet: Buffer, end: number): number {
  if (end < fixedHeaderLength) return -1;
  const first = packet[0]!;
  if (first >> 6 !== 2) return -1;
  let length = extensionStart(packet);
  if (first & extensionFlag) {
    if (length + 4 > end) return -1;
    length += 4 + packet.readUInt16BE(length + 2) * 4;
  }
  return length <= end ? length : -1;
}

/** Where the header extension begins, if there is one. */
export function extensionStart(packet: Buffer): number {
  return fixedHeaderLength + (packet[0]! & csrcMask) * 4;
}

/** RFC 5761, 4: with the marker bit, RTCP's packet types are payload types 64 to 95, which RTP then must not use. */
export function isRtcp(packet: Buffer): boolean {
  const type = packet[1]!;
  return type >= 192 && type <= 223;
}
