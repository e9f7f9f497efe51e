import type { Shown } from '../../shared/bridge/shown.ts';
import type { MixPolicy } from './mixer-message.ts';
import { freshPace, type Pace } from './pace.ts';

/** All that the choice of the picture depends on. Times are epoch milliseconds of a clock that is never set back. */
export interface MixState {
  policy: MixPolicy;
  shown: Shown;
  cloud: Pace;
  /** The last frame of the cloud, also of a stream that is no more; null: none came since the last stop. */
  cloudAt: number | null;
  /** Since when the runner says that it makes no new frames. */
  stuckSince: number | null;
  local: Pace;
  /** A local frame that was computed ahead and is held back; null: there is none. */
  keptAt: number | null;
  /** Since when the picture before fades out. */
  fadeSince: number | null;
  /** The cloud's picture is on although it falters: see `patientSilenceMs`. */
  patient: boolean;
  /** When the local picture had to take over lately, oldest first. */
  fallbacks: readonly number[];
  /** The last stop; frames that were on their way then are not shown. */
  clearedAt: number | null;
}

export function initialMix(policy: MixPolicy, now: number): MixState {
  return {
    policy,
    shown: { kind: 'none', since: now },
    cloud: freshPace,
    cloudAt: null,
    stuckSince: null,
    local: freshPace,
    keptAt: null,
    fadeSince: null,
    patient: false,
    fallbacks: [],
    clearedAt: null,
  };
}

export type MixEvent =
  | { type: 'cloud-frame'; now: number }
  | { type: 'local-frame'; now: number }
  /** Time has passed: see `wakeAt`. */
  | { type: 'tick'; now: number }
  | { type: 'policy'; now: number; policy: MixPolicy }
  | { type: 'stuck'; now: number; stuck: boolean }
  /** Another stream of the cloud, or none any more: what was known of the old one's pace is void. */
  | { type: 'cloud-replaced'; now: number }
  /** Another engine's frames from now on. */
  | { type: 'engine-replaced'; now: number }
  | { type: 'clear'; now: number };
