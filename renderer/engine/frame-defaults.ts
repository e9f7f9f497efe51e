/**
 * A frame that has waited for longer is not shown. A track holds the newest one, at most 33 ms old while its source
 * runs; what is older is of a source that stopped.
 */
export const staleFrameMs = 100;

/** With every second frame left out: one that comes less than 1.5 of a camera's 33 ms after the last is left out. */
export const sparseGapMs = 50;

/**
 * After so long without a frame a model begins anew: what it carried from frame to frame shows a moment, maybe a source,
 * that is long gone. A silence of the cloud's for which frames are computed ahead is shorter.
 */
export const forgetAfterMs = 2_000;

/** Figures are told this often while frames are made: as often as people can read them. */
export const figuresMs = 1_000;
