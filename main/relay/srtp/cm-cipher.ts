import { createCipheriv, createHmac } from 'node:crypto';
import { encryptedFlag, fillNonce, indexMask, type PacketCipher } from './packet-cipher.ts';
import type { SessionKeys } from './session-keys.ts';

const algorithm = 'aes-128-ctr';
const tagLength = 10;
const rtcpHeaderLength = 8;

/** AES-CM-128 with HMAC-SHA1-80, RFC 3711. */
export class CmCipher implements PacketCipher {
  readonly tagLength = tagLength;
  readonly #rtp: SessionKeys;
  readonly #rtcp: SessionKeys;
  readonly #counter = Buffer.alloc(16);
  readonly #received = Buffer.alloc(tagLength);

  constructor(rtp: SessionKeys, rtcp: SessionKeys) {
    this.#rtp = rtp;
    this.#rtcp = rtcp;
  }

  sealRtp(packet: Buffer, headerEnd: number, end: number, rollover: number): void {
    this.#cryptRtp(packet, headerEnd, end, rollover);
    this.#rtpMac(packet, end, rollover).copy(packet, end, 0, tagLength);
  }

  openRtp(packet: Buffer, headerEnd: number, end: number, rollover: number): boolean {
    packet.copy(this.#received, 0, end, end + tagLength);
    if (!equalTags(this.#received, 0, this.#rtpMac(packet, end, rollover))) return false;
    this.#cryptRtp(packet, headerEnd, end, rollover);
    return true;
  }

  sealRtcp(packet: Buffer, index: number): Buffer {
    const end = packet.length;
    const out = Buffer.allocUnsafe(end + 4 + tagLength);
    packet.copy(out, 0, 0, rtcpHeaderLength);
    this.#cryptRtcp(packet, end, index).copy(out, rtcpHeaderLength);
    out.writeUInt32BE((index | encryptedFlag) >>> 0, end);
    mac(this.#rtcp, out.subarray(0, end + 4)).copy(out, end + 4, 0, tagLength);
    return out;
  }

  openRtcp(packet: Buffer): { packet: Buffer; index: number } | null {
    const end = packet.length - tagLength - 4;
    if (end < rtcpHeaderLength) return null;
    if (!equalTags(packet, end + 4, mac(this.#rtcp, packet.subarray(0, end + 4)))) return null;
    const word = packet.readUInt32BE(end);
    const index = word & indexMask;
    if (word >= encryptedFlag) this.#cryptRtcp(packet, end, index).copy(packet, rtcpHeaderLength);
    return { packet: packet.subarray(0, end), index };
  }

  #cryptRtp(packet: Buffer, headerEnd: number, end: number, rollover: number): void {
    fillNonce(this.#counter, this.#rtp, 4, packet.readUInt32BE(8), rollover, packet.readUInt16BE(2));
    createCipheriv(algorithm, this.#rtp.encryption, this.#counter)
      .update(packet.subarray(headerEnd, end))
      .copy(packet, headerEnd);
  }

  #cryptRtcp(packet: Buffer, end: number, index: number): Buffer {
    fillNonce(this.#counter, this.#rtcp, 4, packet.readUInt32BE(4), index >>> 16, index & 0xffff);
    return createCipheriv(algorithm, this.#rtcp.encryption, this.#counter).update(
      packet.subarray(rtcpHeaderLength, end),
    );
  }

  /** The rollover counter belongs behind the packet for the MAC; the place of the tag is free for it at this moment. */
  #rtpMac(packet: Buffer, end: number, rollover: number): Buffer {
    packet.writeUInt32BE(rollover, end);
    return mac(this.#rtp, packet.subarray(0, end + 4));
  }
}

function mac(keys: SessionKeys, data: Buffer): Buffer {
  return createHmac('sha1', keys.authentication).update(data).digest();
}

/** In constant time. */
function equalTags(packet: Buffer, at: number, expected: Buffer): boolean {
  let difference = 0;
  for (let i = 0; i < tagLength; i++) difference |= packet[at + i]! ^ expected[i]!;
  return difference === 0;
}
