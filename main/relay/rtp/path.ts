import type { ArrivingFrames } from './arriving-frames.ts';
import { rewriteExtensions } from './header-extensions.ts';
import type { IncomingStream } from './incoming-stream.ts';
import { headerLength, paddingFlag } from './rtp-header.ts';
import { wrap16, wrap32 } from './sequence.ts';
import type { Sink } from './sink.ts';

/** `standby` waits for its first key frame, `active` forwards, `closed` will never forward again. */
export type PathState = 'standby' | 'active' | 'closed';

export interface PathOptions {
  sink: Sink;
  /** Id of the transport-wide sequence number at the source, or null if it sends none. */
  transportSequenceId: number | null;
  /** Source's number to receiver's, by index; null where the two agree. Extension id 0 strips the element. */
  payloadTypes: Uint8Array | null;
  extensionIds: Uint8Array | null;
  /** The first key frame came while on standby. The path forwards it if it was activated by then. */
  gate: () => void;
  /** A media packet came while on standby that starts no key frame. */
  waiting?: () => void;
  /** Told of each packet of the source's first picture, forwarded or not. */
  frames?: ArrivingFrames;
}

/** Media going one way, from one source leg to one receiver: rewrites each packet in place. */
export class Path {
  state: PathState = 'standby';
  readonly #options: PathOptions;
  readonly #bySourceSsrc = new Map<number, IncomingStream>();
  readonly #bySinkSsrc = new Map<number, IncomingStream>();
  /** Streams whose SSRC the source did not tell, by payload type. */
  readonly #unannounced = new Map<number, (ssrc: number) => IncomingStream | null>();
  #picture: IncomingStream | null = null;
  #transportOffset = -1;
  #transportFirst = 0;

  constructor(options: PathOptions) {
    this.#options = options;
  }

  bind(stream: IncomingStream): void {
    this.#bySourceSsrc.set(stream.ssrc, stream);
    this.#bySinkSsrc.set(stream.out.ssrc, stream);
    if (stream.out.kind === 'video' && stream.primary === null) this.#picture ??= stream;
    if (this.state === 'active') stream.out.current = stream;
  }

  /** The first unknown SSRC with this payload type becomes the stream that `make` returns; null leaves it unknown. */
  bindWhenSeen(payloadType: number, make: (ssrc: number) => IncomingStream | null): void {
    this.#unannounced.set(payloadType, make);
  }

  activate(): void {
    this.state = 'active';
    for (const stream of this.#bySourceSsrc.values()) stream.out.current = stream;
  }

  close(): void {
    this.state = 'closed';
  }

  bySource(ssrc: number): IncomingStream | undefined {
    return this.#bySourceSsrc.get(ssrc);
  }

  /** SSRCs that a request for a key frame may name at the source. */
  pictureSources(): number[] {
    return [...this.#bySourceSsrc.values()].flatMap(({ ssrc, primary, out }) =>
      out.kind === 'video' && primary === null ? [ssrc] : [],
    );
  }

  /** The source's stream that feeds what the receiver knows as `ssrc`, unless another leg feeds it or none has yet. */
  feeding(ssrc: number): IncomingStream | null {
    const stream = this.#bySinkSsrc.get(ssrc);
    return stream && stream.out.current === stream && stream.phase !== 'waiting' ? stream : null;
  }

  /** Receiver's transport-wide number to the source's; null if the source has not sent it. */
  sourceTransportSequence(sequence: number, feeding: IncomingStream): number | null {
    if (this.#transportOffset < 0) return null;
    const behind = wrap16(this.#transportFirst - sequence);
    if (feeding.phase === 'successor' && behind !== 0 && behind < 0x4000) return null;
    return wrap16(sequence - this.#transportOffset);
  }

  /**
   * Rewrites a plain packet in place.
   *
   * @param end Where its payload (with padding) ends.
   * @param now Milliseconds.
   * @returns Whether it is to be forwarded.
   */
  rewrite(packet: Buffer, end: number, now: number): boolean {
    const header = headerLength(packet, end);
    if (header < 0) return false;
    const stream = this.#bySourceSsrc.get(packet.readUInt32BE(8)) ?? this.#meet(packet);
    if (!stream) return false;
    const payload = end - header - (packet[0]! & paddingFlag ? packet[end - 1]! : 0);
    const timestamp = packet.readUInt32BE(4);
    if (stream === this.#picture && payload > 0) this.#options.frames?.note(timestamp, now);
    if (this.state !== 'active' && !this.#opens(stream, packet, header, header + payload)) return false;

    const sequence = packet.readUInt16BE(2);
    const { primary } = stream;
    if (stream.phase === 'waiting') {
      if (primary?.phase === 'waiting' && payload > 0) return false;
      stream.begin(sequence, timestamp, now);
    }
    const outSequence = wrap16(sequence + stream.sequenceOffset);
    if (stream.precedesSwitch(outSequence, now)) return false;
    if (primary && payload >= 2 && !rewriteOriginalSequence(packet, header, primary, now)) return false;

    const outTimestamp = wrap32(timestamp + (primary ?? stream).timestampOffset);
    stream.out.note(outSequence, outTimestamp, now);
    const { payloadTypes } = this.#options;
    if (payloadTypes) packet[1] = (packet[1]! & 0x80) | payloadTypes[packet[1]! & 0x7f]!;
    packet.writeUInt16BE(outSequence, 2);
    packet.writeUInt32BE(outTimestamp, 4);
    packet.writeUInt32BE(stream.out.ssrc, 8);
    this.#packet = packet;
    rewriteExtensions(packet, header, this.#visitExtension);
    return true;
  }

  #packet: Buffer = Buffer.alloc(0);

  /** Made once, so that no packet costs a closure. */
  readonly #visitExtension = (id: number, valueAt: number, length: number): number => {
    const { transportSequenceId, extensionIds, sink } = this.#options;
    if (id === transportSequenceId && length >= 2) {
      const sequence = this.#packet.readUInt16BE(valueAt);
      if (this.#transportOffset < 0) {
        this.#transportOffset = sink.transportOffset(sequence);
        this.#transportFirst = wrap16(sequence + this.#transportOffset);
      }
      const outgoing = wrap16(sequence + this.#transportOffset);
      sink.noteTransportSequence(outgoing);
      this.#packet.writeUInt16BE(outgoing, valueAt);
    }
    return extensionIds ? extensionIds[id]! : id;
  };

  #meet(packet: Buffer): IncomingStream | null {
    const payloadType = packet[1]! & 0x7f;
    const stream = this.#unannounced.get(payloadType)?.(packet.readUInt32BE(8)) ?? null;
    if (!stream) return null;
    this.#unannounced.delete(payloadType);
    this.bind(stream);
    return stream;
  }

  #opens(stream: IncomingStream, packet: Buffer, at: number, end: number): boolean {
    if (this.state === 'closed' || !stream.keyFrame || end <= at) return false;
    if (stream.keyFrame(packet, at, end)) this.#options.gate();
    else this.#options.waiting?.();
    return this.#isActive();
  }

  /** The gate may have changed the state meanwhile, which TypeScript's narrowing does not see. */
  #isActive(): boolean {
    return this.state === 'active';
  }
}

/**
 * The number of the packet that an RTX packet repeats, its first two octets.
 *
 * @returns False if the receiver has another leg's packet under that number.
 */
function rewriteOriginalSequence(packet: Buffer, at: number, primary: IncomingStream, now: number): boolean {
  const outgoing = wrap16(packet.readUInt16BE(at) + primary.sequenceOffset);
  if (primary.precedesSwitch(outgoing, now)) return false;
  packet.writeUInt16BE(outgoing, at);
  return true;
}
