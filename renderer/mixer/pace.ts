import { mixDefaults } from './defaults.ts';

/** How the frames of one stream come: by their times of arrival only. */
export interface Pace {
  lastAt: number | null;
  /** The last intervals, oldest first. */
  intervals: readonly number[];
  /** The first frame after the last silence, and how many came since, it included; null before any. */
  run: { since: number; frames: number } | null;
}

export const freshPace: Pace = { lastAt: null, intervals: [], run: null };

/** The pace once a frame has arrived at `now`, milliseconds. */
export function withFrame(pace: Pace, now: number): Pace {
  if (pace.lastAt === null) return { lastAt: now, intervals: [], run: { since: now, frames: 1 } };
  const interval = now - pace.lastAt;
  const intervals = [...pace.intervals, interval].slice(-mixDefaults.rememberedIntervals);
  if (!pace.run || interval >= silenceMs(pace))
    return { lastAt: now, intervals, run: { since: now, frames: 1 } };
  return { lastAt: now, intervals, run: { since: pace.run.since, frames: pace.run.frames + 1 } };
}

/** What came so far says nothing about what comes next: steadiness begins anew, the usual interval is still known. */
export function withoutRun(pace: Pace): Pace {
  return { ...pace, run: null };
}

/** The median interval in milliseconds; null while too few frames have come to tell. */
function medianMs({ intervals }: Pace): number | null {
  if (intervals.length < mixDefaults.fewestIntervals) return null;
  return intervals.toSorted((a, b) => a - b)[Math.floor(intervals.length / 2)]!;
}

/** For how long no frame must have come for the stream to be silent, milliseconds. */
export function silenceMs(pace: Pace, leastMs: number = mixDefaults.silenceMs): number {
  return Math.max(leastMs, mixDefaults.silentIntervals * (medianMs(pace) ?? 0));
}

/** From how long without a frame on one is computed ahead, milliseconds; always less than `silenceMs`. */
export function speculateMs(pace: Pace): number {
  return Math.max(mixDefaults.speculateMs, mixDefaults.speculateIntervals * (medianMs(pace) ?? 0));
}

/** Whether frames have come for `forMs` without a silence, and about as many as this stream usually has. */
export function isSteady(pace: Pace, now: number, forMs: number): boolean {
  if (!pace.run || now - pace.run.since < forMs) return false;
  const median = medianMs(pace);
  const { steadyShare, steadyFrames } = mixDefaults;
  return (
    pace.run.frames >= (median === null ? steadyFrames : ((now - pace.run.since) / median) * steadyShare)
  );
}
