import { rewriting } from '../defaults.ts';
import type { IncomingStream } from './incoming-stream.ts';
import { isAfter16, wrap16 } from './sequence.ts';

/** One SSRC as its receiver sees it. Outlives every leg that feeds it, so that its numbers never jump. */
export class OutgoingStream {
  readonly ssrc: number;
  readonly kind: string;
  readonly clockRate: number;
  /** What feeds it now; feedback about it goes there. */
  current: IncomingStream | null = null;
  /** Highest sequence number sent, with the timestamp of that packet and when it went. */
  sequence = 0;
  timestamp = 0;
  /** Milliseconds; -1 before the first packet. */
  sentAt = -1;

  constructor(ssrc: number, kind: string, clockRate: number) {
    this.ssrc = ssrc;
    this.kind = kind;
    this.clockRate = clockRate;
  }

  get begun(): boolean {
    return this.sentAt >= 0;
  }

  /** Sequence offset that makes a source's packet `sequence` the next one of this stream. */
  sequenceOffset(sequence: number): number {
    if (this.begun) return wrap16(this.sequence + 1 - sequence);
    return sequence > rewriting.lastFirstSequence ? 0x8000 : 0;
  }

  /** Timestamp offset that puts `timestamp` as far behind the last one as time went by. */
  timestampOffset(timestamp: number, now: number): number {
    if (!this.begun) return 0;
    const elapsed = Math.max(1, Math.round(((now - this.sentAt) * this.clockRate) / 1000));
    return (this.timestamp + elapsed - timestamp) >>> 0;
  }

  note(sequence: number, timestamp: number, now: number): void {
    if (this.begun && !isAfter16(sequence, this.sequence)) return;
    this.sequence = sequence;
    this.timestamp = timestamp;
    this.sentAt = now;
  }
}
