import type { Transport } from 'werift';

/** What carries us to a TURN server, in the shape that werift's client wants. */
export interface ServerPath extends Transport {
  readonly remoteAddress: readonly [string, number];
  /** Called when nothing will get through any more, with the reason; not for a close of our own. */
  onLost: (reason: Error) => void;
}
