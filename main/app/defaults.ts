/** Longest wait for a goodbye to the runner when the app quits, milliseconds; a dead network must not keep it. */
export const shutDownMaxMs = 2_000;

/** Between two looks at the network's interfaces while the link is not well, milliseconds. Each costs 0.1 ms. */
export const interfaceLookMs = 2_000;

/**
 * What is known of the interfaces from before a loss is this old at least and at most twice as old,
 * milliseconds: older than a loss takes to be noticed, and too young for a change that had nothing to do with it.
 */
export const interfaceMemoryMs = 30_000;

/** Between two looks at the clocks, milliseconds: also the longest that a sleep nobody told of goes unnoticed. */
export const clockLookMs = 1_000;

/** What clocks must have run apart, or a timer must be late, for the system to have slept, milliseconds. */
export const clockJumpMs = 5_000;

/** Waking up is told by several at once: what comes this soon after another counts as the same, milliseconds. */
export const nudgeOnceMs = 1_000;

/** Entries of the link's history that are kept for a window that is loaded anew: hours of a flapping link. */
export const timelineMax = 200;

/** The runner's own lines that are kept for it. */
export const runnerLogMax = 500;
