/**
 * Whether the packet whose payload starts at `at` is the first of a key frame.
 *
 * @param end Where the payload ends.
 */
export type KeyFrameTest = (packet: Buffer, at: number, end: number) => boolean;

/** RFC 7741, 4.2 and 4.3: start of partition 0, then the inverse key frame bit of the payload header. */
function vp8(packet: Buffer, at: number, end: number): boolean {
  const first = packet[at]!;
  const startOfFirstPartition = (first & 0x10) !== 0 && (first & 0x07) === 0;
  if (!startOfFirstPartition) return false;
  let next = at + 1;
  if (first & 0x80) {
    const extension = packet[next++] ?? 0;
    if (extension & 0x80) next += (packet[next] ?? 0) & 0x80 ? 2 : 1;
    if (extension & 0x40) next += 1;
    if (extension & 0x30) next += 1;
  }
  return next < end && (packet[next]! & 0x01) === 0;
}

const idrSlice = 5;
const parameterSet = 7;
const isIntra = (nalType: number) => nalType === idrSlice || nalType === parameterSet;

/** RFC 6184, 5.4: a single unit, the first unit of a STAP-A (24), or the start of an FU-A (28). */
function h264(packet: Buffer, at: number, end: number): boolean {
  const type = packet[at]! & 0x1f;
  if (type === 24) return at + 3 < end && isIntra(packet[at + 3]! & 0x1f);
  if (type === 28) {
    const fragment = at + 1 < end ? packet[at + 1]! : 0;
    return (fragment & 0x80) !== 0 && isIntra(fragment & 0x1f);
  }
  return isIntra(type);
}

/** RFC 9628, 4.2: start of a frame that predicts from none, of the lowest spatial layer. */
function vp9(packet: Buffer, at: number, end: number): boolean {
  const first = packet[at]!;
  const predicted = (first & 0x40) !== 0;
  const startsFrame = (first & 0x08) !== 0;
  if (predicted || !startsFrame) return false;
  if (!(first & 0x20)) return true;
  const idLength = first & 0x80 ? ((packet[at + 1] ?? 0) & 0x80 ? 2 : 1) : 0;
  const layer = at + 1 + idLength;
  return layer < end && ((packet[layer]! >> 1) & 0x07) === 0;
}

/** AV1 RTP specification, 4.4: the N bit marks the first packet of a coded video sequence. */
function av1(packet: Buffer, at: number): boolean {
  return (packet[at]! & 0x08) !== 0;
}

const tests: Readonly<Record<string, KeyFrameTest>> = { vp8, h264, vp9, av1 };

/** @param codec Lower case, as in `rtpmap`. Codecs without a test (audio among them) count each packet as a start. */
export function keyFrameTest(codec: string): KeyFrameTest {
  return tests[codec] ?? (() => true);
}
