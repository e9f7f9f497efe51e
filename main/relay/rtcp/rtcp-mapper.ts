import type { Path } from '../rtp/path.ts';
import { mapNack, mapPictureRequest, mapRemb, mapTransportFeedback } from './feedback.ts';
import { mapReceiverReport, mapSenderReport, mapSourceDescription } from './reports.ts';

/** RTCP packet types. */
const senderReport = 200;
const receiverReport = 201;
const sourceDescription = 202;
const transportFeedback = 205;
const payloadFeedback = 206;
/** Formats of the two feedback types. */
const nack = 1;
const transportWide = 15;
const pictureLoss = 1;
const fullIntra = 4;
const application = 15;

/**
 * The two directions as the leg that the RTCP came from sees them: what it says about its own streams follows its
 * media (`forward`), what it says about streams it receives goes back to their source (`backward`).
 */
export interface RtcpRoute {
  forward: Path;
  backward: Path;
}

/**
 * Rewrites one RTCP packet of a compound in place.
 *
 * @param packet Exactly one packet, at least 8 octets.
 * @returns Octets that are left of it; 0 drops it.
 */
function mapOne(packet: Buffer, { forward, backward }: RtcpRoute): number {
  const format = packet[0]! & 0x1f;
  switch (packet[1]) {
    case senderReport:
      return mapSenderReport(packet, forward, backward);
    case receiverReport:
      return mapReceiverReport(packet, forward, backward);
    case sourceDescription:
      return mapSourceDescription(packet, forward);
    case transportFeedback:
      if (format === nack) return mapNack(packet, forward, backward);
      return format === transportWide ? mapTransportFeedback(packet, forward, backward) : 0;
    case payloadFeedback:
      if (format === pictureLoss || format === fullIntra) return mapPictureRequest(packet, forward, backward);
      return format === application ? mapRemb(packet, forward, backward) : 0;
    default:
      // BYE would end a stream that another leg carries on; APP and XR speak of one leg only.
      return 0;
  }
}

/** A leg on standby receives the page's media and may ask for a key frame; its statistics must not steer the page. */
function passesStandby(packet: Buffer): boolean {
  const format = packet[0]! & 0x1f;
  return packet[1] === payloadFeedback && (format === pictureLoss || format === fullIntra);
}

/**
 * Rewrites a compound packet in place and moves together what is left.
 *
 * @param compound Plain RTCP; its content changes.
 * @returns What to send on, in the same memory, or null if nothing is left.
 */
export function mapRtcp(compound: Buffer, route: RtcpRoute): Buffer | null {
  let written = 0;
  let at = 0;
  while (at + 8 <= compound.length) {
    const length = (compound.readUInt16BE(at + 2) + 1) * 4;
    const next = at + length;
    if (compound[at]! >> 6 !== 2 || length < 8 || next > compound.length) break;
    const packet = compound.subarray(at, next);
    if (route.forward.state === 'active' || passesStandby(packet)) {
      const kept = mapOne(packet, route);
      compound.copyWithin(written, at, at + kept);
      written += kept;
    }
    at = next;
  }
  return written > 0 ? compound.subarray(0, written) : null;
}
