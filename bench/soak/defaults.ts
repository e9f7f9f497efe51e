import type { LinkSettings } from '../../main/link/defaults.ts';
import { retryPolicy, type LinkPolicy } from '../../shared/link/retry-policy.ts';

/** Detection at some eightfold speed: a minute then holds as many losses as ten of a user's. */
export const soakSettings: Partial<LinkSettings> = {
  pingIntervalMs: 500,
  livenessMs: 1_200,
  dialMs: 2_000,
  probeMs: 800,
  // A path that dies while media is negotiated over it is given up after these; 30 s each are for relays far away.
  offerMs: 6_000,
  connectedMs: 6_000,
  firstFrameMs: 6_000,
  mediaRepairMs: 1_500,
};

/** Pauses so short that episodes end in every way: soon, late, and only after the link gave up. */
export const soakPolicy: Partial<LinkPolicy> = {
  retry: retryPolicy([0, 100, 200, 400]),
  slowRetryMs: 1_000,
  stableMs: 1_000,
};

/**
 * The runner notices lost clients as fast. Two slots, though one is enough: with one, a second session could not be
 * seen.
 */
export const runnerArgs: readonly string[] = [
  '--slots=2',
  '--grace=5',
  '--ping-interval=0.5',
  '--evict-after=4',
  '--drain-timeout=3',
];

export const soakDefaults = {
  /** Of the whole run. Half an hour shows slow leaks; a minute shows that the link still heals. */
  seconds: 60,
  /** Rest between the end of one fault and the next. */
  restMs: { min: 500, max: 2_500 },
  /** Share of the rounds in which a second fault strikes before the first is over. */
  doubleShare: 0.3,
  /** How long after the first the second strikes at most. */
  doubleWithinMs: 1_500,
  /** Between two looks at status and page. */
  lookMs: 100,
  /** A look that comes so late tells nothing: this process or Chromium stood still, not the picture. */
  lateLookMs: 600,
  /** The promise: a picture that stands still for longer is never called live. */
  silentFreezeMs: 2_500,
  /** Without a new frame for so long the picture counts as standing still: more than a busy machine's hiccups. */
  standstillMs: 400,
  /** Whole again means: live, and moving for so long. */
  steadyMs: 1_000,
  /**
   * Guard for whatever has to happen in the end. The longest honest way, on a machine with ten times the load that it
   * can bear: every attempt is spent while runners take 5 s for a step, then slow retries. That was seen to take 26 s.
   */
  hangMs: 60_000,
  /** A way back that takes so long after the cause is over is told in full. */
  slowMs: 3_000,
  /** A runner takes signals that come sooner for one (500 ms). */
  secondSignalMs: 700,
  /** Two sessions with a socket may overlap for as long as a busy runner needs to notice a lost one. */
  twoSessionsMs: 10_000,
  /** The old peer connection, and the one that is made beside it. */
  maxLegs: 2,
  /** Between two samples of memory. */
  memoryMs: 5_000,
  /** Share of the run in which heap and caches find their size. */
  warmUpShare: 0.25,
  /** Growth that is taken for noise, MiB over the run after warm-up: the heap after a collection, and all that is resident. */
  heapNoiseMiB: 15,
  rssNoiseMiB: 80,
} as const;
