import type { Path } from '../rtp/path.ts';

const blockLength = 24;
const senderInfoLength = 28;
const receiverHeaderLength = 8;

/** Receivers call themselves by the SSRC of a stream they send, which the other side knows by its outgoing number. */
export function mapSender(packet: Buffer, forward: Path): void {
  const stream = forward.bySource(packet.readUInt32BE(4));
  if (stream) packet.writeUInt32BE(stream.out.ssrc, 4);
}

export function setLength(packet: Buffer, octets: number): number {
  packet.writeUInt16BE(octets / 4 - 1, 2);
  return octets;
}

/**
 * Report blocks from octet `start` on: those about streams of another leg are dropped. LSR and DLSR become zero where
 * the report they name never passed this leg, since the round-trip time made from them would be nonsense.
 *
 * @returns Octets up to the end of the last block.
 */
function mapBlocks(packet: Buffer, start: number, backward: Path): number {
  const count = packet[0]! & 0x1f;
  let end = start;
  let kept = 0;
  for (let i = 0, at = start; i < count && at + blockLength <= packet.length; i++, at += blockLength) {
    const stream = backward.feeding(packet.readUInt32BE(at));
    if (!stream) continue;
    packet.copyWithin(end, at, at + blockLength);
    packet.writeUInt32BE(stream.ssrc, end);
    packet.writeUInt32BE((packet.readUInt32BE(end + 8) - stream.sequenceOffset) >>> 0, end + 8);
    if (!stream.knowsSenderReport(packet.readUInt32BE(end + 16))) packet.fill(0, end + 16, end + 24);
    end += blockLength;
    kept++;
  }
  packet[0] = 0x80 | kept;
  return end;
}

/** SR (RFC 3550, 6.4.1): RTP time and SSRC become those of the outgoing stream. */
export function mapSenderReport(packet: Buffer, forward: Path, backward: Path): number {
  if (packet.length < senderInfoLength) return 0;
  const stream = forward.bySource(packet.readUInt32BE(4));
  if (!stream || stream.phase === 'waiting' || forward.state !== 'active') return 0;
  const { timestampOffset } = stream.primary ?? stream;
  stream.rememberSenderReport(packet.readUInt32BE(10));
  packet.writeUInt32BE(stream.out.ssrc, 4);
  packet.writeUInt32BE((packet.readUInt32BE(16) + timestampOffset) >>> 0, 16);
  return setLength(packet, mapBlocks(packet, senderInfoLength, backward));
}

/** RR (RFC 3550, 6.4.2). One whose blocks were all dropped says nothing and is dropped too. */
export function mapReceiverReport(packet: Buffer, forward: Path, backward: Path): number {
  mapSender(packet, forward);
  const end = mapBlocks(packet, receiverHeaderLength, backward);
  return end > receiverHeaderLength ? setLength(packet, end) : 0;
}

/** SDES (RFC 3550, 6.5): the first chunk's SSRC; nobody packs more than one. */
export function mapSourceDescription(packet: Buffer, forward: Path): number {
  const stream = forward.bySource(packet.readUInt32BE(4));
  if (!stream || (packet[0]! & 0x1f) !== 1) return 0;
  packet.writeUInt32BE(stream.out.ssrc, 4);
  return packet.length;
}
