import type { PageRecord } from '../drive/watch-page.ts';
import type { FaultFigures } from './report.ts';

/** The picture's usual rate is counted over this long before a fault, milliseconds. */
const before = 2_000;

/**
 * What a fault cost, from what the page saw.
 *
 * @param name Shown in the report.
 * @param causedAt Epoch milliseconds.
 * @param record Frames and link states, from before the fault until after the recovery.
 */
export function measureFault(
  name: string,
  causedAt: number,
  record: Pick<PageRecord, 'frameTimes' | 'phases'>,
): FaultFigures {
  const { frameTimes, phases } = record;
  const lost = phases.find(({ at, phase }) => at >= causedAt && phase !== 'live');
  const back = lost && phases.find(({ at, phase }) => at >= lost.at && phase === 'live');
  const firstFrame = back && frameTimes.find((at) => at >= back.at);
  const until = firstFrame ?? frameTimes.at(-1) ?? causedAt;
  const usual = frameTimes.filter((at) => at > causedAt - before && at <= causedAt).length / before;
  const shown = frameTimes.filter((at) => at > causedAt && at <= until);
  return {
    name,
    detectedMs: lost ? Math.round(lost.at - causedAt) : null,
    recoveredMs: firstFrame === undefined ? null : Math.round(firstFrame - causedAt),
    pictureStoodMs: Math.round(longestPause([causedAt, ...shown])),
    framesMissed: Math.max(0, Math.round((until - causedAt) * usual) - shown.length),
  };
}

const longestPause = (times: readonly number[]): number =>
  times.reduce((longest, at, index) => Math.max(longest, at - (times[index - 1] ?? at)), 0);
