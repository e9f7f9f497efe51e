import {
  hasStoppedHere,
  isFallback,
  isMadeHere,
  missedBecause,
  type Shown,
} from '../../shared/bridge/shown.ts';
import { mixDefaults } from './defaults.ts';
import { engineLapseAt, lapse, spokenFor, type Lapse } from './lapse.ts';
import { initialMix, type MixEvent, type MixState } from './mix-state.ts';
import { computeLevel } from './outlook.ts';
import {
  freshPace,
  hasFaltered,
  isMostlyThere,
  isSteady,
  type Pace,
  withFrame,
  withoutRun,
  withRest,
} from './pace.ts';

/** What becomes of the frames at hand. */
export interface Mixed {
  state: MixState;
  /** The frame that the event brought: goes out, is held back in the place of any before, or is of no use. */
  frame: 'emit' | 'keep' | 'drop';
  /** The frame held back goes out now. Where it does not and `state.keptAt` is null, it is of no use any more. */
  emitKept: boolean;
}

/**
 * Chooses the picture. Pure: one event in, the new state and what to do with the frames out. The rules are those of
 * README.md; none of them leaves a gap by choice.
 */
export function mix(before: MixState, event: MixEvent): Mixed {
  const mixed = react(before, event);
  const { state } = mixed;
  if (computeLevel(state, event.now) === 'run') return mixed;
  return { ...mixed, state: { ...state, local: withRest(state.local) } };
}

function react(before: MixState, event: MixEvent): Mixed {
  const { now } = event;
  switch (event.type) {
    case 'cloud-frame':
      return cloudFrame(before, now);
    case 'local-frame':
      return localFrame(before, now);
    case 'tick':
      return settle(before, now);
    case 'policy':
      return settle(relabelled({ ...before, policy: event.policy }, now), now);
    case 'stuck': {
      if (event.stuck === (before.stuckSince !== null)) return settle(before, now);
      const stuckSince = event.stuck ? now : null;
      return settle({ ...before, stuckSince, cloud: withoutRun(before.cloud) }, now);
    }
    case 'cloud-replaced':
      return settle({ ...before, cloud: freshPace }, now);
    case 'engine-replaced':
      return settle({ ...before, local: { ...freshPace, lastAt: before.local.lastAt }, keptAt: null }, now);
    case 'clear': {
      const { policy, stuckSince } = before;
      const state = { ...initialMix(policy, now), stuckSince, clearedAt: now };
      return { state, frame: 'drop', emitKept: false };
    }
    default:
      event satisfies never;
      return { state: before, frame: 'drop', emitKept: false };
  }
}

function cloudFrame(before: MixState, now: number): Mixed {
  if (isSettling(before, now)) return { state: before, frame: 'drop', emitKept: false };
  const fallbacks = fallbacksOfLate(before, now);
  const state = { ...before, cloud: withFrame(before.cloud, now), cloudAt: now, fallbacks };
  const next = withCloudFrame(state, now);
  if (!next) return { ...settle(state, now), frame: 'drop' };
  return { ...settle(shows(state, next, now), now), frame: 'emit' };
}

/** What is shown once a frame of the cloud goes out now; null: it must not. */
function withCloudFrame(state: MixState, now: number): Shown | null {
  const { policy, shown, stuckSince } = state;
  const cloud = { kind: 'cloud', since: now } as const;
  switch (shown.kind) {
    case 'none':
      return policy.prefer === 'cloud' ? cloud : null;
    case 'cloud':
      return shown;
    case 'held':
      if (hasStoppedHere(shown)) return policy.prefer === 'cloud' && stuckSince === null ? cloud : null;
      // A runner that is stuck repeats a picture: it may as well be sent again, but it is not alive.
      return stuckSince === null ? cloud : shown;
    case 'local': {
      if (policy.prefer === 'local' || stuckSince !== null) return null;
      if (shown.because === 'chosen' || shown.because === 'before-cloud') return cloud;
      if (now >= (engineLapseAt(state) ?? 0)) return cloud;
      if (isSteady(state.cloud, now, steadyFor(state))) return cloud;
      return falters(state.cloud, shown.since, now) ? cloud : null;
    }
    default:
      shown satisfies never;
      return null;
  }
}

function localFrame(before: MixState, now: number): Mixed {
  if (isSettling(before, now)) return { state: before, frame: 'drop', emitKept: false };
  const state = { ...before, local: withFrame(before.local, now) };
  const next = withLocalFrame(state, now);
  if (next) return { state: { ...shows(state, next, now), keptAt: null }, frame: 'emit', emitKept: false };
  if (computeLevel(state, now) === 'run') return { ...settle({ ...state, keptAt: now }, now), frame: 'keep' };
  return { ...settle(state, now), frame: 'drop' };
}

/** What is shown once a local frame goes out now; null: it must not. */
function withLocalFrame(state: MixState, now: number): Shown | null {
  const { policy, shown } = state;
  const local = (because: 'chosen' | 'before-cloud' | Lapse['because']): Shown => ({
    kind: 'local',
    since: now,
    because,
  });
  if (shown.kind === 'local') return shown;
  if (policy.prefer === 'local') return local('chosen');
  switch (shown.kind) {
    case 'none':
      return policy.localBeforeCloud ? local('before-cloud') : null;
    case 'held':
      if (shown.because === 'engine') return local(standsInBecause(state));
      return policy.localWhenSilent ? local(shown.because) : null;
    case 'cloud': {
      const lapsed = policy.localWhenSilent ? lapse(state) : null;
      return lapsed && now >= lapsed.at ? local(lapsed.because) : null;
    }
    default:
      shown satisfies never;
      return null;
  }
}

/** Why this computer's picture is on while the cloud's is wanted, once it is back from having stopped itself. */
function standsInBecause({ policy, cloudAt, stuckSince }: MixState): 'before-cloud' | Lapse['because'] {
  if (cloudAt === null || !policy.localWhenSilent) return 'before-cloud';
  return stuckSince === null ? 'silent' : 'stuck';
}

/** What follows from the state alone: a frame held back whose time has come, or the picture is held. */
function settle(before: MixState, now: number): Mixed {
  const state = withoutStale(before, now);
  if (state.keptAt !== null) {
    const next = withLocalFrame(state, now);
    if (next) return { state: { ...shows(state, next, now), keptAt: null }, frame: 'drop', emitKept: true };
  }
  const because = heldBecause(state, now);
  if (because === null) return { state, frame: 'drop', emitKept: false };
  return { state: held(state, because, now), frame: 'drop', emitKept: false };
}

type Held = Extract<Shown, { kind: 'held' }>;

/** Why the picture that is on stands still; null: it does not, or another is about to take its place. */
function heldBecause(state: MixState, now: number): Held['because'] | null {
  if (state.shown.kind === 'local') return now >= (engineLapseAt(state) ?? Infinity) ? 'engine' : null;
  const lapsed = state.shown.kind === 'cloud' ? lapse(state) : null;
  return lapsed && now >= spokenFor(state, lapsed) ? lapsed.because : null;
}

const held = (state: MixState, because: Held['because'], now: number): MixState => ({
  ...state,
  shown: { kind: 'held', since: now, because },
  fadeSince: null,
});

function withoutStale(state: MixState, now: number): MixState {
  const { keptAt, fadeSince } = state;
  const isStale = keptAt !== null && now - keptAt > mixDefaults.keptForMs;
  return {
    ...state,
    keptAt: isStale || computeLevel(state, now) === 'idle' ? null : keptAt,
    fadeSince: fadeSince !== null && now - fadeSince >= mixDefaults.fadeMs ? null : fadeSince,
  };
}

function shows(state: MixState, next: Shown, now: number): MixState {
  const { shown } = state;
  if (next === shown) return state;
  const fades = next.kind === 'local' ? shown.kind !== 'none' : shown.kind === 'local';
  const takesOver = isFallback(next) && !isMadeHere(shown);
  return {
    ...state,
    shown: next,
    fadeSince: fades ? now : null,
    patient: next.kind === 'cloud' && isPatient(state, now),
    fallbacks: takesOver ? [...state.fallbacks, now].slice(-mixDefaults.countedFallbacks) : state.fallbacks,
  };
}

/** The same picture under another policy: it is there for another reason, or without one, and stands still then. */
function relabelled(state: MixState, now: number): MixState {
  const { shown, policy } = state;
  if (shown.kind !== 'local') return state;
  const standsInFor = missedBecause(shown);
  if (standsInFor !== null && policy.prefer === 'cloud' && !policy.localWhenSilent)
    return held(state, standsInFor, now);
  const because =
    policy.prefer === 'local' ? 'chosen' : shown.because === 'chosen' ? 'before-cloud' : shown.because;
  return because === shown.because ? state : { ...state, shown: { kind: 'local', since: now, because } };
}

/** How long the cloud must have been steady to have its place back, milliseconds. */
function steadyFor({ fallbacks }: MixState): number {
  return Math.min(mixDefaults.longestSteadyMs, mixDefaults.steadyMs * 2 ** Math.max(0, fallbacks.length - 1));
}

/** A minute makes up for a fallback, but not while the cloud falters: it may do so unseen, with the local one shown. */
function fallbacksOfLate({ fallbacks, cloud }: MixState, now: number): readonly number[] {
  if (hasFaltered(cloud, now)) return fallbacks;
  return fallbacks.filter((at) => now - at < mixDefaults.fallbackMemoryMs);
}

/** Whether a cloud that has been waited for since the local picture took over is all that it will be. */
function falters(cloud: Pace, since: number, now: number): boolean {
  const { falteringForMs } = mixDefaults;
  return now - since >= falteringForMs && isMostlyThere(cloud, now, falteringForMs);
}

/** Whether the cloud's picture, about to be shown, is known to falter. */
function isPatient(state: MixState, now: number): boolean {
  const { shown, cloud, patient } = state;
  if (shown.kind !== 'local') return patient;
  if (shown.because === 'chosen' || shown.because === 'before-cloud') return false;
  return falters(cloud, shown.since, now) || steadyFor(state) === mixDefaults.longestSteadyMs;
}

function isSettling({ clearedAt }: MixState, now: number): boolean {
  return clearedAt !== null && now - clearedAt < mixDefaults.settleMs;
}
