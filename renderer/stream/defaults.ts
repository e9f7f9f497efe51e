/** Most that one direction sends. 720p30 of VP8 is near its best at about 3 Mbps; the rest is head-room. */
export const maxBitrateBps = 4_000_000;

/**
 * Waits before the leg to main is made again, in order; the last one repeats. Main is this machine: a first
 * failure is a hiccup, and more than a few mean that main itself has a problem, which asking faster won't mend.
 */
export const reattachDelaysMs: readonly number[] = [0, 250, 1_000, 4_000];
