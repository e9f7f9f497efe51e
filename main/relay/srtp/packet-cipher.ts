import type { SessionKeys } from './session-keys.ts';

/** What a profile does to one packet. Knows nothing of streams, rollover or replay. */
export interface PacketCipher {
  /** Octets that `sealRtp` writes behind the payload. */
  readonly tagLength: number;
  /** Encrypts `packet[headerEnd, end)` in place and writes the tag at `end`. */
  sealRtp(packet: Buffer, headerEnd: number, end: number, rollover: number): void;
  /** Decrypts in place. False, and the payload untouched or worthless, if the tag does not fit. */
  openRtp(packet: Buffer, headerEnd: number, end: number, rollover: number): boolean;
  /** @param index 31 bits. */
  sealRtcp(packet: Buffer, index: number): Buffer;
  openRtcp(packet: Buffer): { packet: Buffer; index: number } | null;
}

/** Both directions of the E bit and index word that ends an SRTCP packet (RFC 3711, 3.4). */
export const encryptedFlag = 0x8000_0000;
export const indexMask = 0x7fff_ffff;

/**
 * Mixes SSRC and packet index into a copy of the salt. AES-CM (RFC 3711, 4.1.1) places them two octets further than
 * GCM (RFC 7714, 8.1 and 9.1) does.
 */
export function fillNonce(
  nonce: Buffer,
  keys: SessionKeys,
  at: 2 | 4,
  ssrc: number,
  indexHigh: number,
  indexLow: number,
): void {
  keys.salt.copy(nonce);
  nonce.writeUInt32BE((nonce.readUInt32BE(at) ^ ssrc) >>> 0, at);
  nonce.writeUInt32BE((nonce.readUInt32BE(at + 4) ^ indexHigh) >>> 0, at + 4);
  nonce.writeUInt16BE(nonce.readUInt16BE(at + 8) ^ indexLow, at + 8);
}
