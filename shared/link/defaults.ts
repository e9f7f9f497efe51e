/** Numbers of the recovery policy. Times are milliseconds. */
export const recoveryDefaults = {
  /**
   * Pauses before the attempts of one episode: at once, because most losses are a runner or a router that is
   * back in a moment; then doubling, so that a restarting runner is not hammered by all its clients.
   */
  delaysMs: [0, 1_000, 2_000, 4_000],
  /** Spread of each pause to either side, so that many clients do not return in step. */
  jitter: 0.25,
  /** After giving up: slow enough to cost nothing, quick enough for a runner that somebody restarts by hand. */
  slowRetryMs: 30_000,
  /** A link counts as mended, and gets its attempts back, only after it has lasted this long. */
  stableMs: 10_000,
} as const;
