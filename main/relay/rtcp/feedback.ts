import type { Path } from '../rtp/path.ts';
import { wrap16 } from '../rtp/sequence.ts';
import { mapSender, setLength } from './reports.ts';

/** Common header of RFC 4585, 6.1: sender's SSRC at 4, media SSRC at 8, then what the format defines. */
const headerLength = 12;
const pictureLoss = 1;
const fullIntraEntryLength = 8;
const rembSsrcsAt = 20;

/** Generic NACK (RFC 4585, 6.2.1). A PID before the leg's first packet names a packet that the leg does not have. */
export function mapNack(packet: Buffer, forward: Path, backward: Path): number {
  const stream = packet.length > headerLength ? backward.feeding(packet.readUInt32BE(8)) : null;
  if (!stream) return 0;
  mapSender(packet, forward);
  packet.writeUInt32BE(stream.ssrc, 8);
  let end = headerLength;
  for (let at = headerLength; at + 4 <= packet.length; at += 4) {
    const lost = packet.readUInt16BE(at);
    if (stream.isFromPredecessor(lost)) continue;
    packet.copyWithin(end, at, at + 4);
    packet.writeUInt16BE(wrap16(lost - stream.sequenceOffset), end);
    end += 4;
  }
  return end > headerLength ? setLength(packet, end) : 0;
}

/** Transport-wide feedback: the base sequence number becomes the source's; dropped if that leg did not send it. */
export function mapTransportFeedback(packet: Buffer, forward: Path, backward: Path): number {
  const stream = packet.length >= 16 ? backward.feeding(packet.readUInt32BE(8)) : null;
  const base = stream && backward.sourceTransportSequence(packet.readUInt16BE(12), stream);
  if (stream === null || base === null) return 0;
  mapSender(packet, forward);
  packet.writeUInt32BE(stream.ssrc, 8);
  packet.writeUInt16BE(base, 12);
  return packet.length;
}

/** PLI names its stream in the header, FIR (RFC 5104, 4.3.1) in entries behind it. */
export function mapPictureRequest(packet: Buffer, forward: Path, backward: Path): number {
  if (packet.length < headerLength) return 0;
  mapSender(packet, forward);
  const isPictureLoss = (packet[0]! & 0x1f) === pictureLoss;
  if (!isPictureLoss) return mapSsrcList(packet, headerLength, fullIntraEntryLength, backward);
  return mapSsrcList(packet.subarray(0, headerLength), 8, 4, backward);
}

/** REMB (draft-alvestrand-rmcat-remb): the list of SSRCs that the estimate is for. */
export function mapRemb(packet: Buffer, forward: Path, backward: Path): number {
  if (packet.length <= rembSsrcsAt || packet.toString('latin1', 12, 16) !== 'REMB') return 0;
  mapSender(packet, forward);
  return mapSsrcList(packet, rembSsrcsAt, 4, backward);
}

/** @returns The packet's length, or 0 if it names no stream of the leg behind `backward`. */
function mapSsrcList(packet: Buffer, start: number, stride: number, backward: Path): number {
  let known = 0;
  for (let at = start; at + 4 <= packet.length; at += stride) {
    const stream = backward.feeding(packet.readUInt32BE(at));
    if (!stream) continue;
    packet.writeUInt32BE(stream.ssrc, at);
    known++;
  }
  return known > 0 ? packet.length : 0;
}
