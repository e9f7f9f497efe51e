import { isAfter16, wrap16 } from './sequence.ts';
import type { OutgoingStream } from './outgoing-stream.ts';

/** The streams of one media section as its receiver sees them. */
export interface SinkStreams {
  primary: OutgoingStream;
  rtx: OutgoingStream | null;
}

/** All that one receiver has seen of us. Outlives the legs that feed it. */
export class Sink {
  /** By mid. */
  readonly streams: ReadonlyMap<string, SinkStreams>;
  /** Highest transport-wide sequence number sent; -1 before the first. One counter for all streams. */
  #transportSequence = -1;

  constructor(streams: ReadonlyMap<string, SinkStreams>) {
    this.streams = streams;
  }

  /** Offset that makes a source's transport-wide number the next one of this receiver. */
  transportOffset(sequence: number): number {
    return this.#transportSequence < 0 ? 0 : wrap16(this.#transportSequence + 1 - sequence);
  }

  noteTransportSequence(sequence: number): void {
    if (this.#transportSequence < 0 || isAfter16(sequence, this.#transportSequence)) {
      this.#transportSequence = sequence;
    }
  }
}
