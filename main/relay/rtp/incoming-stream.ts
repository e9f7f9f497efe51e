import { rewriting } from '../defaults.ts';
import type { KeyFrameTest } from './key-frame.ts';
import type { OutgoingStream } from './outgoing-stream.ts';
import { isAfter16, wrap16 } from './sequence.ts';

/**
 * `waiting`: none of its packets was forwarded yet. `first`: it began the outgoing stream. `successor`: it went on
 * where another source had stopped, so that numbers before `firstSequence` belong to that one.
 */
export type IncomingPhase = 'waiting' | 'first' | 'successor';

/** One SSRC of one source leg, and how its numbers become those of the outgoing stream. */
export class IncomingStream {
  readonly ssrc: number;
  readonly out: OutgoingStream;
  /** Null: its packets never open the gate. */
  readonly keyFrame: KeyFrameTest | null;
  /** The stream that this one retransmits, if it is RTX (RFC 4588). */
  readonly primary: IncomingStream | null;
  phase: IncomingPhase = 'waiting';
  sequenceOffset = 0;
  timestampOffset = 0;
  /** Outgoing number of the first packet forwarded. */
  firstSequence = 0;
  #startedAt = 0;
  /** Middle 32 bits of the NTP time of sender reports that passed. */
  readonly #senderReports: number[] = [];

  constructor(
    ssrc: number,
    out: OutgoingStream,
    {
      keyFrame = null,
      primary = null,
    }: { keyFrame?: KeyFrameTest | null; primary?: IncomingStream | null } = {},
  ) {
    this.ssrc = ssrc;
    this.out = out;
    this.keyFrame = keyFrame;
    this.primary = primary;
  }

  begin(sequence: number, timestamp: number, now: number): void {
    this.phase = this.out.begun ? 'successor' : 'first';
    this.sequenceOffset = this.out.sequenceOffset(sequence);
    this.timestampOffset = this.out.timestampOffset(timestamp, now);
    this.firstSequence = wrap16(sequence + this.sequenceOffset);
    this.#startedAt = now;
  }

  /** Whether an outgoing number, just after a switch, is one that the source before has used. */
  precedesSwitch(outgoing: number, now: number): boolean {
    return (
      this.phase === 'successor' &&
      now - this.#startedAt < rewriting.switchTailMs &&
      isAfter16(this.firstSequence, outgoing)
    );
  }

  /** The same without a clock, for feedback, which is never about packets older than a quarter of the number space. */
  isFromPredecessor(outgoing: number): boolean {
    const behind = wrap16(this.firstSequence - outgoing);
    return this.phase === 'successor' && behind !== 0 && behind < 0x4000;
  }

  rememberSenderReport(middleNtp: number): void {
    this.#senderReports.push(middleNtp);
    if (this.#senderReports.length > rewriting.rememberedSenderReports) this.#senderReports.shift();
  }

  knowsSenderReport(middleNtp: number): boolean {
    return this.#senderReports.includes(middleNtp);
  }
}
