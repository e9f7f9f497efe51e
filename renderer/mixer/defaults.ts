/** Numbers of the mixer. All times in milliseconds. */
export const mixDefaults = {
  /** The least silence that counts as one: six frames of 30 a second, more than jitter and a lost key frame's repair. */
  silenceMs: 220,
  /** A slow pipeline is silent only when this many of its usual frame intervals pass without a frame. */
  silentIntervals: 3,
  /** Frame intervals that are remembered: a second's worth at 30 a second. */
  rememberedIntervals: 30,
  /** Below this many, a median says little about a stream. */
  fewestIntervals: 8,
  /** From here on the engine computes ahead, so that a frame is there when silence is reached. */
  speculateMs: 120,
  /** The same for a slow pipeline, in its usual intervals: or it would be computed ahead of every frame. */
  speculateIntervals: 1.5,
  /** A frame computed ahead that is older than this is not shown: the source has moved on. */
  keptForMs: 200,
  /** After silence, how long the engine has for its first frame before the picture is said to be held. */
  localGraceMs: 500,
  /** The cloud has its place back after this long without a silence … */
  steadyMs: 2_000,
  /** … doubled for every fallback within this time but the first … */
  fallbackMemoryMs: 60_000,
  /** … up to this, with the third. */
  longestSteadyMs: 8_000,
  countedFallbacks: 3,
  /** With this share of the frames that its median interval promises: what comes in bursts is not steady. */
  steadyShare: 0.5,
  /** Frames that are asked for instead while the median is not known. */
  steadyFrames: 15,
  /** A cloud that falters is never steady. It has its place back when, of this time … */
  falteringForMs: 30_000,
  /** … it was silent for no more than this share: most of the picture that was chosen is better than none of it. */
  silentShare: 0.2,
  /** Silences are remembered for this long. */
  silenceMemoryMs: 60_000,
  /** Shown all the same, it is given this many times its longest silence of late before the next one counts … */
  patience: 2,
  /** … but no more than this; longer ones are outages, which patience does not help. */
  longestPatienceMs: 1_000,
  /** The least silence of the engine's own: shorter ones are its change of size, or a pace that is slow but one. */
  localSilenceMs: 1_000,
  fadeMs: 150,
  /** What the first frame of a fade shows of the new picture: with nothing of it, the gap would be a frame longer. */
  fadeFrom: 0.25,
  /** A fade goes on at this pace where the new picture's own frames are slower. */
  fadeStepMs: 33,
  /** Of a picture that stands still while a recording runs. */
  repeatMs: 500,
  /** After `clear`, frames that were still being made are not shown: a slow model's run, and a bit. */
  settleMs: 300,
} as const;
