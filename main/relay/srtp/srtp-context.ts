import { limits, replayWindow } from '../defaults.ts';
import { headerLength } from '../rtp/rtp-header.ts';
import { CmCipher } from './cm-cipher.ts';
import { GcmCipher } from './gcm-cipher.ts';
import { indexMask, type PacketCipher } from './packet-cipher.ts';
import type { SrtpProfile } from './profile.ts';
import { ReplayWindow } from './replay-window.ts';
import { deriveSessionKeys } from './session-keys.ts';
import { StreamIndex } from './stream-index.ts';

/**
 * One direction of SRTP and SRTCP on raw buffers, in place.
 *
 * A plain RTP packet is always followed by `tagLength` spare octets, so that protection never needs a new buffer.
 */
export class SrtpContext {
  readonly tagLength: number;
  readonly #cipher: PacketCipher;
  readonly #streams = new Map<number, StreamIndex>();
  readonly #controlWindows = new Map<number, ReplayWindow>();
  #controlIndex = 0;

  constructor(profile: SrtpProfile, masterKey: Buffer, masterSalt: Buffer) {
    const { rtp, rtcp } = deriveSessionKeys(profile, masterKey, masterSalt);
    this.#cipher = profile === 7 ? new GcmCipher(rtp, rtcp) : new CmCipher(rtp, rtcp);
    this.tagLength = this.#cipher.tagLength;
  }

  /** @returns False if the packet is malformed, or older than the stream itself. */
  protectRtp(packet: Buffer): boolean {
    const end = packet.length - this.tagLength;
    const header = headerLength(packet, end);
    if (header < 0) return false;
    const sequence = packet.readUInt16BE(2);
    const stream = this.#stream(packet.readUInt32BE(8), sequence);
    if (!stream) return false;
    const rollover = stream.guess(sequence);
    if (rollover < 0) return false;
    stream.commit(rollover, sequence);
    this.#streams.set(packet.readUInt32BE(8), stream);
    this.#cipher.sealRtp(packet, header, end, rollover);
    return true;
  }

  /** @returns False for a packet that is malformed, replayed, too old or not authentic; its content is then undefined. */
  unprotectRtp(packet: Buffer): boolean {
    const end = packet.length - this.tagLength;
    const header = headerLength(packet, end);
    if (header < 0) return false;
    const sequence = packet.readUInt16BE(2);
    const ssrc = packet.readUInt32BE(8);
    const stream = this.#stream(ssrc, sequence);
    if (!stream) return false;
    const rollover = stream.guess(sequence);
    if (rollover < 0 || stream.isReplay(rollover, sequence)) return false;
    if (!this.#cipher.openRtp(packet, header, end, rollover)) return false;
    stream.commit(rollover, sequence);
    this.#streams.set(ssrc, stream);
    return true;
  }

  /** @param packet A compound packet of at least 8 octets. */
  protectRtcp(packet: Buffer): Buffer {
    this.#controlIndex = (this.#controlIndex + 1) & indexMask;
    return this.#cipher.sealRtcp(packet, this.#controlIndex);
  }

  /** @returns The plain compound packet in the same memory, or null under the conditions of `unprotectRtp`. */
  unprotectRtcp(packet: Buffer): Buffer | null {
    const opened = this.#cipher.openRtcp(packet);
    if (!opened) return null;
    const ssrc = opened.packet.readUInt32BE(4);
    const known = this.#controlWindows.get(ssrc);
    if (!known && this.#controlWindows.size >= limits.streamsPerContext) return null;
    const window = known ?? new ReplayWindow(replayWindow.rtcpPackets);
    if (window.refuses(opened.index)) return null;
    window.record(opened.index);
    if (!known) this.#controlWindows.set(ssrc, window);
    return opened.packet;
  }

  /** A new stream is stored by the caller once its packet proved authentic: strangers cannot make the map grow. */
  #stream(ssrc: number, sequence: number): StreamIndex | null {
    const known = this.#streams.get(ssrc);
    if (known) return known;
    return this.#streams.size < limits.streamsPerContext ? new StreamIndex(sequence) : null;
  }
}
