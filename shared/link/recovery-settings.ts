import * as v from 'valibot';

/**
 * What can be adjusted about detecting and mending a broken link. Times are milliseconds. The interface shows
 * this table under "Advanced"; a development build also takes it from `LINKSPAN_RECOVERY` (JSON, any subset).
 */
export const recoveryRanges = {
  /** Between two pings. Below a second they would cost more than they tell; above a minute routers forget us. */
  pingIntervalMs: { min: 200, max: 60_000, default: 4_000 },
  /** Silence that means loss: two pongs missed and a second to spare. */
  livenessMs: { min: 500, max: 180_000, default: 9_000 },
  /** TCP, TLS and upgrade together. */
  dialMs: { min: 500, max: 60_000, default: 10_000 },
  /** Silence of media that means `stalled`, if frames come often enough for it. */
  mediaSilenceMs: { min: 200, max: 30_000, default: 1_000 },
  /** Attempts of each strategy in one episode. */
  attempts: { min: 1, max: 10, default: 4 },
  /** Longest episode; waiting for `ready` on an open socket is not counted. */
  episodeMs: { min: 5_000, max: 1_800_000, default: 120_000 },
  /** Pause between the tries after giving up. */
  slowRetryMs: { min: 1_000, max: 1_800_000, default: 30_000 },
  /** How long a link must last before its attempts are given back. */
  stableMs: { min: 1_000, max: 300_000, default: 10_000 },
} as const;

export type RecoveryKey = keyof typeof recoveryRanges;

const whole = (key: RecoveryKey) => {
  const { min, max, default: standard } = recoveryRanges[key];
  return v.optional(v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max)), standard);
};

/** A value out of its range is refused; what is missing gets its default. */
export const recoverySettings = v.pipe(
  v.strictObject({
    pingIntervalMs: whole('pingIntervalMs'),
    livenessMs: whole('livenessMs'),
    dialMs: whole('dialMs'),
    mediaSilenceMs: whole('mediaSilenceMs'),
    attempts: whole('attempts'),
    episodeMs: whole('episodeMs'),
    slowRetryMs: whole('slowRetryMs'),
    stableMs: whole('stableMs'),
  }),
  v.check(
    ({ pingIntervalMs, livenessMs }) => livenessMs >= 2 * pingIntervalMs,
    'The deadline must be at least two ping intervals, or one late pong would end the link.',
  ),
);

export type RecoverySettings = v.InferOutput<typeof recoverySettings>;

export const defaultRecovery: RecoverySettings = v.parse(recoverySettings, {});
