import { createCipheriv, createDecipheriv } from 'node:crypto';
import { encryptedFlag, fillNonce, indexMask, type PacketCipher } from './packet-cipher.ts';
import type { SessionKeys } from './session-keys.ts';

const algorithm = 'aes-128-gcm';
const tagLength = 16;
const rtcpHeaderLength = 8;

/** AEAD-AES-128-GCM, RFC 7714. */
export class GcmCipher implements PacketCipher {
  readonly tagLength = tagLength;
  readonly #rtp: SessionKeys;
  readonly #rtcp: SessionKeys;
  readonly #block = Buffer.alloc(16);
  readonly #nonce = this.#block.subarray(0, 12);
  readonly #rtcpAad = Buffer.alloc(rtcpHeaderLength + 4);

  constructor(rtp: SessionKeys, rtcp: SessionKeys) {
    this.#rtp = rtp;
    this.#rtcp = rtcp;
  }

  sealRtp(packet: Buffer, headerEnd: number, end: number, rollover: number): void {
    this.#rtpNonce(packet, rollover);
    const cipher = createCipheriv(algorithm, this.#rtp.encryption, this.#nonce);
    cipher.setAAD(packet.subarray(0, headerEnd));
    cipher.update(packet.subarray(headerEnd, end)).copy(packet, headerEnd);
    cipher.final();
    cipher.getAuthTag().copy(packet, end);
  }

  openRtp(packet: Buffer, headerEnd: number, end: number, rollover: number): boolean {
    this.#rtpNonce(packet, rollover);
    const decipher = createDecipheriv(algorithm, this.#rtp.encryption, this.#nonce, {
      authTagLength: tagLength,
    });
    decipher.setAAD(packet.subarray(0, headerEnd));
    decipher.setAuthTag(packet.subarray(end, end + tagLength));
    const plain = decipher.update(packet.subarray(headerEnd, end));
    if (!authentic(decipher)) return false;
    plain.copy(packet, headerEnd);
    return true;
  }

  sealRtcp(packet: Buffer, index: number): Buffer {
    const word = (index | encryptedFlag) >>> 0;
    const cipher = createCipheriv(algorithm, this.#rtcp.encryption, this.#rtcpNonce(packet, index));
    cipher.setAAD(this.#aad(packet, word));
    const out = Buffer.allocUnsafe(packet.length + tagLength + 4);
    packet.copy(out, 0, 0, rtcpHeaderLength);
    cipher.update(packet.subarray(rtcpHeaderLength)).copy(out, rtcpHeaderLength);
    cipher.final();
    cipher.getAuthTag().copy(out, packet.length);
    out.writeUInt32BE(word, out.length - 4);
    return out;
  }

  openRtcp(packet: Buffer): { packet: Buffer; index: number } | null {
    const end = packet.length - tagLength - 4;
    if (end < rtcpHeaderLength) return null;
    const word = packet.readUInt32BE(packet.length - 4);
    // An unencrypted SRTCP packet is legal, but no peer of ours sends one: refuse rather than add a second path.
    if (word < encryptedFlag) return null;
    const index = word & indexMask;
    const decipher = createDecipheriv(algorithm, this.#rtcp.encryption, this.#rtcpNonce(packet, index), {
      authTagLength: tagLength,
    });
    decipher.setAAD(this.#aad(packet, word));
    decipher.setAuthTag(packet.subarray(end, end + tagLength));
    const plain = decipher.update(packet.subarray(rtcpHeaderLength, end));
    if (!authentic(decipher)) return null;
    plain.copy(packet, rtcpHeaderLength);
    return { packet: packet.subarray(0, end), index };
  }

  #rtpNonce(packet: Buffer, rollover: number): void {
    fillNonce(this.#block, this.#rtp, 2, packet.readUInt32BE(8), rollover, packet.readUInt16BE(2));
  }

  #rtcpNonce(packet: Buffer, index: number): Buffer {
    fillNonce(this.#block, this.#rtcp, 2, packet.readUInt32BE(4), index >>> 16, index & 0xffff);
    return this.#nonce;
  }

  #aad(packet: Buffer, word: number): Buffer {
    packet.copy(this.#rtcpAad, 0, 0, rtcpHeaderLength);
    this.#rtcpAad.writeUInt32BE(word, rtcpHeaderLength);
    return this.#rtcpAad;
  }
}

/** `final` is the one way node:crypto tells a wrong tag, and it tells it by throwing. */
function authentic(decipher: { final(): Buffer }): boolean {
  try {
    decipher.final();
    return true;
  } catch {
    return false;
  }
}
