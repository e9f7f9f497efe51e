import { mixDefaults } from './defaults.ts';

/** Longer than the stream's usual interval by far: see `silenceMs`. */
interface Silence {
  /** When its end came, with a frame. */
  until: number;
  /** From the frame before on. */
  ms: number;
  /** The part of it that made it one. */
  overMs: number;
}

/** How the frames of one stream come: by their times of arrival only. */
export interface Pace {
  lastAt: number | null;
  /** The last intervals, oldest first. */
  intervals: readonly number[];
  /** Their median, milliseconds; null while too few frames have come to tell. */
  usualMs: number | null;
  /** The first frame after the last silence, and how many came since, it included; null before any. */
  run: { since: number; frames: number } | null;
  /** Since when silences are known; null before the first frame. */
  since: number | null;
  /** Those of late, oldest first. */
  silences: readonly Silence[];
}

export const freshPace: Pace = {
  lastAt: null,
  intervals: [],
  usualMs: null,
  run: null,
  since: null,
  silences: [],
};

/** The pace once a frame has arrived at `now`, milliseconds. */
export function withFrame(pace: Pace, now: number): Pace {
  const { lastAt, run } = pace;
  const since = pace.since ?? now;
  const begun = { since: now, frames: 1 };
  if (lastAt === null) return { ...pace, lastAt: now, run: begun, since };
  const interval = now - lastAt;
  const intervals = [...pace.intervals, interval].slice(-mixDefaults.rememberedIntervals);
  const remembered = silencesOfLate(pace, now);
  const overMs = interval - silenceMs(pace);
  const silences = overMs < 0 ? remembered : [...remembered, { until: now, ms: interval, overMs }];
  const goesOn = run !== null && overMs < 0;
  return {
    lastAt: now,
    intervals,
    usualMs: intervals.length < mixDefaults.fewestIntervals ? null : medianOf(intervals),
    run: goesOn ? { since: run.since, frames: run.frames + 1 } : begun,
    since,
    silences,
  };
}

/** What came so far says nothing about what comes next: steadiness begins anew, the usual interval is still known. */
export function withoutRun(pace: Pace): Pace {
  return { ...pace, run: null, since: null, silences: [] };
}

/** No frames are wanted for a while: the time until the next one is no interval. */
export function withRest(pace: Pace): Pace {
  return pace.lastAt === null ? pace : { ...pace, lastAt: null };
}

function medianOf(intervals: readonly number[]): number {
  return intervals.toSorted((a, b) => a - b)[Math.floor(intervals.length / 2)]!;
}

/** The longest of the intervals that are remembered, milliseconds; 0 while there is none. */
export function slowestMs({ intervals }: Pace): number {
  return Math.max(0, ...intervals);
}

/** For how long no frame must have come for the stream to be silent, milliseconds. */
export function silenceMs(pace: Pace, leastMs: number = mixDefaults.silenceMs): number {
  return Math.max(leastMs, mixDefaults.silentIntervals * (pace.usualMs ?? 0));
}

/** The same for a stream that falters and is shown all the same, so that not each of its silences is one. */
export function patientSilenceMs(pace: Pace): number {
  const { patience, longestPatienceMs } = mixDefaults;
  const short = pace.silences.map(({ ms }) => ms).filter((ms) => ms <= longestPatienceMs);
  const longest = Math.max(0, ...short);
  return Math.max(silenceMs(pace), Math.min(longestPatienceMs, patience * longest));
}

/** From how long without a frame on one is computed ahead, milliseconds; always less than `silenceMs`. */
export function speculateMs(pace: Pace): number {
  return Math.max(mixDefaults.speculateMs, mixDefaults.speculateIntervals * (pace.usualMs ?? 0));
}

function silencesOfLate({ silences }: Pace, now: number): readonly Silence[] {
  return silences.filter(({ until }) => now - until < mixDefaults.silenceMemoryMs);
}

/** Whether it was silent of late, the present silence not counted. */
export function hasFaltered(pace: Pace, now: number): boolean {
  return silencesOfLate(pace, now).length > 0;
}

/** Whether the stream, though not steady, was there for most of the last `forMs`. */
export function isMostlyThere({ since, silences }: Pace, now: number, forMs: number): boolean {
  if (since === null || now - since < forMs) return false;
  const silent = silences.map(({ until, overMs }) => Math.max(0, Math.min(overMs, forMs - (now - until))));
  return silent.reduce((sum, ms) => sum + ms, 0) <= forMs * mixDefaults.silentShare;
}

/** Whether frames have come for `forMs` without a silence, and about as many as this stream usually has. */
export function isSteady(pace: Pace, now: number, forMs: number): boolean {
  if (!pace.run || now - pace.run.since < forMs) return false;
  const { usualMs, run } = pace;
  const { steadyShare, steadyFrames } = mixDefaults;
  return run.frames >= (usualMs === null ? steadyFrames : ((now - run.since) / usualMs) * steadyShare);
}
