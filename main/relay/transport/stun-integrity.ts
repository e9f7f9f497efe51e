import { createHmac, timingSafeEqual } from 'node:crypto';

const headerLength = 20;
const bindingRequest = 0x0001;
const username = 0x0006;
const messageIntegrity = 0x0008;
const digestLength = 20;

/** STUN (RFC 8489, 5): the two highest bits are zero, and DTLS and media start elsewhere (RFC 7983). */
export function isStun(packet: Buffer): boolean {
  return packet.length >= headerLength && packet[0]! < 4;
}

export function isBindingRequest(packet: Buffer): boolean {
  return packet.readUInt16BE(0) === bindingRequest;
}

/**
 * Whether a connectivity check was made by someone who knows our ICE password (RFC 8445, 7.3).
 *
 * @param packet A STUN message.
 */
export function isAuthenticCheck(packet: Buffer, ufrag: string, password: string): boolean {
  let named = false;
  let at = headerLength;
  while (at + 4 <= packet.length) {
    const type = packet.readUInt16BE(at);
    const length = packet.readUInt16BE(at + 2);
    const value = packet.subarray(at + 4, at + 4 + length);
    if (value.length < length) return false;
    if (type === username) named = value.toString('utf8').startsWith(`${ufrag}:`);
    if (type === messageIntegrity)
      return named && length === digestLength && digest(packet, at, password, value);
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return false;
}

/** The digest is over all that precedes it, with the header's length as if the message ended behind it. */
function digest(packet: Buffer, at: number, password: string, received: Buffer): boolean {
  const covered = Buffer.from(packet.subarray(0, at));
  covered.writeUInt16BE(at + 4 + digestLength - headerLength, 2);
  return timingSafeEqual(createHmac('sha1', password).update(covered).digest(), received);
}
