/** A glide is exponential; after three time constants 95 % of the way is done, which is what `smoothMs` promises. */
export const glideTimeConstants = 3;

/** Closer than this a glide ends: less than a step of 8-bit colour. */
export const glideEndShare = 0.001;

/**
 * So many frames in a row, a second's worth, and the model has failed: one bad frame is a stutter, but a
 * picture must not stand still for ever.
 */
export const failedFramesLimit = 30;
