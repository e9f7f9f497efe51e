import type { RequestOf } from '../../shared/ipc/contract.ts';
import { hasStoppedHere, isFallback, isMadeHere, type Shown } from '../../shared/bridge/shown.ts';
import type { AppState } from './app-state.ts';

type Note = RequestOf<'timeline:note'>;

/**
 * What the history says of a change of pictures; null where the link's own entries say it all. A picture that
 * stands still is one of those.
 *
 * @param gapMs From the last frame before to the first after, in milliseconds; null where it is not known.
 */
export function noteOf({ shown: before, status }: AppState, shown: Shown, gapMs: number | null): Note | null {
  const gap = gapMs === null ? '' : `, after a gap of ${Math.round(gapMs)} ms`;
  const tookMs = Math.max(0, shown.since - before.since);
  if (hasStoppedHere(shown)) return { what: 'This computer’s picture stopped', why: null, tookMs: null };
  if (shown.kind === 'local' && hasStoppedHere(before))
    return { what: 'This computer’s picture is back', why: null, tookMs };
  if (shown.kind === 'local' && isFallback(shown)) {
    const name = status.endpoint?.name ?? 'The runner';
    const why =
      shown.because === 'stuck' ? `${name} repeats one picture${gap}` : `No picture came from ${name}${gap}`;
    return { what: 'This computer’s picture took over', why, tookMs: null };
  }
  if (shown.kind === 'cloud' && isFallback(before))
    return { what: 'The cloud’s picture is back', why: 'It has been steady again for a while', tookMs };
  if (shown.kind === 'cloud' && isMadeHere(before))
    return { what: 'Switched to the cloud’s picture', why: afterGap(gapMs), tookMs: null };
  if (
    shown.kind === 'local' &&
    shown.because === 'chosen' &&
    before.kind !== 'none' &&
    before.kind !== 'local'
  )
    return { what: 'Switched to this computer’s picture', why: afterGap(gapMs), tookMs: null };
  return null;
}

const afterGap = (gapMs: number | null): string | null =>
  gapMs === null ? null : `After a gap of ${Math.round(gapMs)} ms`;
