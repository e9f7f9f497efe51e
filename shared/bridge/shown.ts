import * as v from 'valibot';

/** Epoch milliseconds. */
const since = v.pipe(v.number(), v.finite());

/**
 * The picture on the output, and why this one. Told by the mixer, which alone knows; everything that says what is
 * on screen says it from this.
 *
 * - `none`: nothing has come yet.
 * - `cloud`: a runner's.
 * - `local`: this computer's: as chosen, as the cloud's is not there yet, or in the place of the cloud's that
 *   stopped (`silent`: no frames come; `stuck`: they come, and the runner says that it makes no new ones).
 * - `held`: the last picture, standing still, as the cloud's has stopped and nothing takes its place, or as this
 *   computer's has (`engine`).
 */
export const shown = v.variant('kind', [
  v.strictObject({ kind: v.literal('none'), since }),
  v.strictObject({ kind: v.literal('cloud'), since }),
  v.strictObject({
    kind: v.literal('local'),
    since,
    because: v.picklist(['chosen', 'before-cloud', 'silent', 'stuck']),
  }),
  v.strictObject({ kind: v.literal('held'), since, because: v.picklist(['silent', 'stuck', 'engine']) }),
]);

export type Shown = v.InferOutput<typeof shown>;

/** Whether this computer's picture is on the output and stands still, as the engine makes no frames. */
export function hasStoppedHere(shown: Shown): boolean {
  return shown.kind === 'held' && shown.because === 'engine';
}

/** Whether this computer's picture is on the output, be it that it stands still. */
export function isMadeHere(shown: Shown): boolean {
  return shown.kind === 'local' || hasStoppedHere(shown);
}

/** Whether this computer’s picture has taken the place of one that came from the cloud. */
export function isFallback(shown: Shown): boolean {
  return shown.kind === 'local' && missedBecause(shown) !== null;
}

/**
 * Why the cloud's picture is missed, which a link that is up cannot tell: another is in its place, or it stands still
 * for good. Null otherwise; one that is only late is held as well, and the link tells of it once that has lasted.
 */
export function missedBecause(shown: Shown): 'silent' | 'stuck' | null {
  if (shown.kind === 'held') return shown.because === 'stuck' ? 'stuck' : null;
  if (shown.kind !== 'local' || shown.because === 'chosen' || shown.because === 'before-cloud') return null;
  return shown.because;
}
