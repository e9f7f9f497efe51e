/** Numbers of the recovery policy that nobody needs to adjust; the others are in `recovery-settings.ts`. */
export const recoveryDefaults = {
  /**
   * Pauses before the attempts of one strategy, milliseconds: at once, because most losses are a runner or a
   * router that is back in a moment; then doubling, so that a restarting runner is not hammered by all its
   * clients. More attempts than these go on with the last.
   */
  delaysMs: [0, 1_000, 2_000, 4_000],
  /** Spread of each pause to either side, so that many clients do not return in step. */
  jitter: 0.25,
  /**
   * A runner that cannot take a second peer connection into a session loses the session when one is made: so
   * the first gets this long to come back, milliseconds.
   */
  renewAfterMs: 3_000,
} as const;
