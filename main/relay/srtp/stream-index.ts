import { replayWindow } from '../defaults.ts';
import { ReplayWindow } from './replay-window.ts';

/**
 * The 48-bit packet index of one SSRC (RFC 3711, 3.3.1): 16 bits travel in the packet, the rollover counter above them
 * is guessed. Nothing is remembered until `commit`, which belongs after authentication.
 */
export class StreamIndex {
  readonly #window = new ReplayWindow(replayWindow.rtpPackets);
  #rollover = 0;
  #highest: number;

  /** @param firstSequence Of the first packet; RFC 3711 wants it below 2^15 or so, else losses at the wrap cannot be told. */
  constructor(firstSequence: number) {
    this.#highest = firstSequence;
  }

  /** @returns The likely rollover counter, or -1 if the packet is from before the stream began. */
  guess(sequence: number): number {
    const distance = sequence - this.#highest;
    if (distance < -0x8000) return this.#rollover + 1;
    if (distance > 0x8000) return this.#rollover - 1;
    return this.#rollover;
  }

  /** Whether this packet was seen already, or is too old to tell. */
  isReplay(rollover: number, sequence: number): boolean {
    return this.#window.refuses(rollover * 0x1_0000 + sequence);
  }

  commit(rollover: number, sequence: number): void {
    this.#window.record(rollover * 0x1_0000 + sequence);
    if (rollover > this.#rollover || (rollover === this.#rollover && sequence > this.#highest)) {
      this.#rollover = rollover;
      this.#highest = sequence;
    }
  }
}
