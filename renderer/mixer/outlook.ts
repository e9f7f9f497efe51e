import { mixDefaults } from './defaults.ts';
import { engineLapseAt, lapse, spokenFor } from './lapse.ts';
import type { MixState } from './mix-state.ts';
import type { MixerToEngine } from './mixer-message.ts';
import { speculateMs } from './pace.ts';

/** Whether local frames are wanted now: shown, about to be, or computed ahead of a silence. */
export function computeLevel(state: MixState, now: number): MixerToEngine['level'] {
  const { policy, shown } = state;
  if (policy.prefer === 'local') return 'run';
  switch (shown.kind) {
    case 'local':
      return 'run';
    case 'none':
      return policy.localBeforeCloud ? 'run' : 'idle';
    case 'held':
      return policy.localWhenSilent || shown.because === 'engine' ? 'run' : 'idle';
    case 'cloud':
      return policy.localWhenSilent && now >= (speculateAt(state) ?? Infinity) ? 'run' : 'idle';
    default:
      shown satisfies never;
      return 'idle';
  }
}

function speculateAt({ cloud, cloudAt, stuckSince }: MixState): number | null {
  if (stuckSince !== null) return stuckSince;
  return cloudAt === null ? null : cloudAt + speculateMs(cloud);
}

/** How much of the new picture a frame that goes out now shows, above 0 up to 1; the rest is the one before. */
export function fadeFactor({ fadeSince }: MixState, now: number): number {
  if (fadeSince === null) return 1;
  return Math.min(1, Math.max(mixDefaults.fadeFrom, (now - fadeSince) / mixDefaults.fadeMs));
}

/**
 * When something follows from time alone; null: from frames and words only, and nothing need wake up. A cloud's
 * picture and a local one are watched, a fade goes on; one that stands still is not watched.
 *
 * @returns A time after `now`, on its clock.
 */
export function wakeAt(state: MixState, now: number): number | null {
  const times: number[] = [];
  if (state.fadeSince !== null) times.push(now + mixDefaults.fadeStepMs);
  const engineLapse = state.shown.kind === 'local' ? engineLapseAt(state) : null;
  if (engineLapse !== null) times.push(engineLapse);
  const lapsed = state.shown.kind === 'cloud' ? lapse(state) : null;
  if (lapsed) {
    times.push(lapsed.at, spokenFor(state, lapsed));
    const ahead = speculateAt(state);
    if (state.policy.localWhenSilent && ahead !== null) times.push(ahead);
  }
  const ahead = times.filter((time) => time > now);
  return ahead.length > 0 ? Math.min(...ahead) : null;
}
