import { mixDefaults } from './defaults.ts';
import type { MixState } from './mix-state.ts';
import { patientSilenceMs, silenceMs, slowestMs } from './pace.ts';

/** When the cloud's picture stops or stopped being alive, unless a frame comes, and why. */
export interface Lapse {
  at: number;
  because: 'silent' | 'stuck';
}

/** Of a cloud's picture that is on: null before any has come. */
export function lapse({ cloud, cloudAt, stuckSince, patient }: MixState): Lapse | null {
  if (cloudAt === null) return null;
  const silentAt = cloudAt + (patient ? patientSilenceMs(cloud) : silenceMs(cloud));
  if (stuckSince !== null && stuckSince <= silentAt) return { at: stuckSince, because: 'stuck' };
  return { at: silentAt, because: 'silent' };
}

/** When this computer's picture, which is on, will have stopped unless a frame comes. */
export function engineLapseAt({ local }: MixState): number | null {
  if (local.lastAt === null) return null;
  const { localSilenceMs, silentIntervals } = mixDefaults;
  // While a model's usual interval is not known, it may be as slow as it has been.
  const leastMs = local.usualMs === null ? silentIntervals * slowestMs(local) : 0;
  return local.lastAt + silenceMs(local, Math.max(localSilenceMs, leastMs));
}

/** Until when a lapsed picture is not said to be held, as the local one is about to take its place. */
export function spokenFor({ policy }: MixState, { at }: Lapse): number {
  const localIsNext = policy.prefer === 'local' || policy.localWhenSilent;
  return localIsNext ? at + mixDefaults.localGraceMs : at;
}
