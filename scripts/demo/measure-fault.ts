import type { PageRecord } from '../drive/watch-page.ts';
import type { FaultFigures } from './report.ts';

/**
 * What a fault cost, from what the page saw.
 *
 * @param name Shown in the report.
 * @param causedAt Epoch milliseconds.
 * @param record Frames and link states, from before the fault until after the recovery.
 * @param framesPerSecond What the source gives: what was not shown in the gap is counted by it.
 */
export function measureFault(
  name: string,
  causedAt: number,
  record: Pick<PageRecord, 'frameTimes' | 'phases'>,
  framesPerSecond: number,
): FaultFigures {
  const lost = record.phases.find(({ at, phase }) => at >= causedAt && phase !== 'live');
  const back = lost && record.phases.find(({ at, phase }) => at >= lost.at && phase === 'live');
  const firstFrame = back && record.frameTimes.find((at) => at >= back.at);
  const until = firstFrame ?? record.frameTimes.at(-1) ?? causedAt;
  const shown = record.frameTimes.filter((at) => at > causedAt && at <= until).length;
  const given = Math.round(((until - causedAt) / 1000) * framesPerSecond);
  return {
    name,
    detectedMs: lost ? Math.round(lost.at - causedAt) : null,
    recoveredMs: firstFrame === undefined ? null : Math.round(firstFrame - causedAt),
    framesMissed: Math.max(0, given - shown),
  };
}
